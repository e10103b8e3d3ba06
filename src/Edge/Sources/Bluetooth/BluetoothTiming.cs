namespace Dwapi.Edge.Sources.Bluetooth;

/// <summary>The times of a session with a device.</summary>
internal sealed record BluetoothTiming
{
    /// <summary>Longest wait for a connection with its services.</summary>
    public TimeSpan LongestConnect { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest wait for one subscription.</summary>
    public TimeSpan LongestSubscribe { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for one read.</summary>
    public TimeSpan LongestRead { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A device that sends nothing for so long is let go.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The same while others wait.</summary>
    public TimeSpan CrowdedIdle { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a device may go on sending while others wait: one that never ends must not keep them out.</summary>
    public TimeSpan Turn { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After so long without a value the clock of the device may be set.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a session without news looks at those.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest pause after a failed connection.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>A heart rate monitor that was not worn for so long may have another wearer.</summary>
    public TimeSpan Absence { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>As the settings say.</summary>
    public static BluetoothTiming Of(BluetoothOptions options) => new()
    {
        LongestConnect = TimeSpan.FromSeconds(options.ConnectSeconds),
        Idle = TimeSpan.FromSeconds(options.IdleSeconds),
        LongestPause = TimeSpan.FromSeconds(options.LongestPauseSeconds),
    };
}
