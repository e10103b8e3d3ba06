using System.Collections.Concurrent;
using Dwapi.Grains.Ports;
using Dwapi.Grains.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dwapi.Grains.Quotas;

/// <summary>The holdings of every tenant that has a quota of stored things; grains ask once, when they are activated.</summary>
internal sealed class HoldingsByTenant(IOptions<TenancyOptions> options, IServiceProvider services, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, TenantHoldings?> _tenants = new(StringComparer.Ordinal);

    /// <summary>The holdings of a tenant; null when nothing limits them.</summary>
    public TenantHoldings? Of(string tenant) => _tenants.GetOrAdd(tenant, Make);

    private TenantHoldings? Make(string tenant)
    {
        var quotas = options.Value.QuotasOf(tenant);
        return quotas.Devices is null && quotas.StoredMeasurements is null
            ? null
            : new TenantHoldings(tenant, quotas, services.GetRequiredService<ITenantUsage>(), time);
    }
}
