using Dwapi.Grains.Probes;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dwapi.WebApi.Probes;

/// <summary>Whether this web node reaches a silo; without one it can answer nothing, so the balancer takes it out.</summary>
internal sealed class SilosCheck(IGrainFactory grains, TimeProvider time) : IHealthCheck
{
    // Shorter than a probe's own patience, which is 1 s in Kubernetes unless it is set.
    private static readonly TimeSpan Within = TimeSpan.FromMilliseconds(900);

    private readonly string _node = Guid.NewGuid().ToString("N");

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await grains.GetGrain<IProbeGrain>(_node).Answer().WaitAsync(Within, time, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("no silo answers", fault);
        }
    }
}
