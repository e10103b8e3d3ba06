namespace Dwapi.Grains.Settings;

/// <summary>Settings under <c>Tenancy:</c>, whom this server serves. Every process of a cluster has the same ones.</summary>
public sealed class TenancyOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Tenancy";

    /// <summary>The tenant of a request whose address names none; empty: such a request is refused.</summary>
    public string Default { get; set; } = TenantKey.DefaultTenant;

    /// <summary>Tenants by name: 1 to 63 of a-z, 0-9 and -. The default tenant is there without being listed.</summary>
    public IDictionary<string, TenantOptions> Tenants { get; } = new Dictionary<string, TenantOptions>(StringComparer.Ordinal);

    /// <summary>Limits of each tenant that sets none of its own.</summary>
    public TenantQuotas Quotas { get; set; } = new();

    /// <summary>Names of all tenants.</summary>
    public IEnumerable<string> Names => Default.Length == 0 || Tenants.ContainsKey(Default) ? Tenants.Keys : Tenants.Keys.Prepend(Default);

    /// <summary>The limits of a tenant.</summary>
    public TenantQuotas QuotasOf(string tenant)
    {
        var own = Tenants.TryGetValue(tenant, out var found) ? found.Quotas : new TenantQuotas();
        return new TenantQuotas
        {
            Devices = own.Devices ?? Quotas.Devices,
            Sockets = own.Sockets ?? Quotas.Sockets,
            EventsPerSecond = own.EventsPerSecond ?? Quotas.EventsPerSecond,
            StoredMeasurements = own.StoredMeasurements ?? Quotas.StoredMeasurements,
        };
    }

    /// <summary>The setting of a tenant, as an operator writes it.</summary>
    public static string SettingOf(string tenant, string name) => $"{Section}:Tenants:{tenant}:{name}";
}
