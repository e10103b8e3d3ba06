using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dwapi.Storage.Hosting;

/// <summary>Whether the store takes writes; a full disk or a database out of reach makes a node unready, not dead.</summary>
internal sealed class StoreCheck(IServiceProvider services) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        StoreKind.Database(services) is { } database && await database.FindFault(cancellationToken) is { } fault
            ? HealthCheckResult.Unhealthy(fault)
            : HealthCheckResult.Healthy();
}
