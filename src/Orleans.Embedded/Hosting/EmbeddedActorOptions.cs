namespace Dwapi.Actors;

/// <summary>Options of the embedded actor runtime.</summary>
public sealed class EmbeddedActorOptions
{
    /// <summary>How long a caller waits for an answer before it gets a <see cref="TimeoutException"/>. 30 s by default.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an activation may be idle before it is collected. 15 min by default.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often the runtime looks for idle activations; idleness is measured to this accuracy. 1 min by default.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>When the token of OnActivateAsync is cancelled. 30 s by default.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>When the token of OnDeactivateAsync is cancelled. 30 s by default.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The shortest period of a reminder. 1 min by default.</summary>
    public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many calls may nest on one thread before the next one goes to another. 16 by default.</summary>
    public int MaxCallDepth { get; set; } = 16;
}
