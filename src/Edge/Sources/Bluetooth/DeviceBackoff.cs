namespace Dwapi.Edge.Sources.Bluetooth;

/// <summary>How long to leave a device alone after failures: doubling from a second, with jitter.</summary>
internal sealed class DeviceBackoff(TimeSpan longest)
{
    private const double Jitter = 0.2;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    /// <summary>Failures in a row.</summary>
    public int Failures { get; private set; }

    /// <summary>It worked.</summary>
    public void Succeeded() => Failures = 0;

    /// <summary>It did not.</summary>
    /// <returns>How long to wait.</returns>
    public TimeSpan Failed()
    {
        var pause = Math.Min(First.TotalSeconds * Math.Pow(2, Math.Min(Failures++, 20)), longest.TotalSeconds);
        return TimeSpan.FromSeconds(pause * (1 + (Jitter * ((2 * Random.Shared.NextDouble()) - 1))));
    }

    /// <summary>No use to try soon.</summary>
    public TimeSpan FailedForLong()
    {
        Failures++;
        return longest;
    }
}
