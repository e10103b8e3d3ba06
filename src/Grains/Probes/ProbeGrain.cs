namespace Dwapi.Grains.Probes;

/// <inheritdoc cref="IProbeGrain" />
internal sealed class ProbeGrain : Grain, IProbeGrain
{
    /// <inheritdoc />
    public Task Answer() => Task.CompletedTask;
}
