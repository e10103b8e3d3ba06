namespace Dwapi.Grains.Ports;

/// <summary>What tenants have in the store, for their quotas; used by silos only, and only for tenants that have one.</summary>
public interface ITenantUsage
{
    /// <summary>Services that are announced. O(devices of the tenant), from an index.</summary>
    Task<long> CountDevices(string tenant, CancellationToken cancellationToken);

    /// <summary>Measurements that are stored. O(devices of the tenant): counted from heads, never from rows.</summary>
    Task<long> CountMeasurements(string tenant, CancellationToken cancellationToken);
}
