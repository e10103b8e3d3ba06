namespace Dwapi.ActorRuntime.Tests.Runtime;

/// <summary>What a test may set, on either runtime.</summary>
public sealed record ClusterSettings
{
    /// <summary>The clock; null is the system's.</summary>
    public TimeProvider? Time { get; init; }

    /// <summary>The stream provider with which a client outside the silo subscribes.</summary>
    public string? ClientStreams { get; init; }

    /// <summary>Silos of the cluster; the embedded runtime has always one.</summary>
    public short Silos { get; init; } = 2;

    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan CollectionAge { get; init; } = TimeSpan.FromMinutes(15);

    public TimeSpan CollectionQuantum { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan MinimumReminderPeriod { get; init; } = TimeSpan.FromMinutes(1);
}
