namespace Dwapi.Actors.Runtime;

/// <summary>The options, checked and frozen.</summary>
internal sealed class ActorSettings(EmbeddedActorOptions options)
{
    public TimeSpan ResponseTimeout { get; } = options.ResponseTimeout;

    public TimeSpan CollectionAge { get; } = options.CollectionAge;

    public TimeSpan CollectionQuantum { get; } = options.CollectionQuantum;

    public TimeSpan ActivationTimeout { get; } = options.ActivationTimeout;

    public TimeSpan DeactivationTimeout { get; } = options.DeactivationTimeout;

    public TimeSpan MinimumReminderPeriod { get; } = options.MinimumReminderPeriod;

    public int MaxCallDepth { get; } = options.MaxCallDepth;
}
