using Dwapi.Grains.Ports;
using Dwapi.Storage.Measurements;
using Dwapi.Storage.Registry;

namespace Dwapi.Storage.Usage;

/// <summary>What tenants have in memory.</summary>
internal sealed class MemoryTenantUsage(MemoryMeasurementStore measurements, MemoryServiceRegistry registry) : ITenantUsage
{
    public Task<long> CountDevices(string tenant, CancellationToken cancellationToken) => Task.FromResult(registry.Count(tenant));

    public Task<long> CountMeasurements(string tenant, CancellationToken cancellationToken) => Task.FromResult(measurements.Count(tenant));
}
