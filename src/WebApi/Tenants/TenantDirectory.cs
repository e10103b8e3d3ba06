using System.Collections.Frozen;
using Dwapi.Grains.Settings;
using Microsoft.Extensions.Options;

namespace Dwapi.WebApi.Tenants;

/// <summary>The tenants of this server, by name and by host name.</summary>
internal sealed class TenantDirectory
{
    private readonly FrozenDictionary<string, Tenant> _byName;
    private readonly FrozenDictionary<string, Tenant> _byHost;

    public TenantDirectory(IOptions<TenancyOptions> options)
    {
        var settings = options.Value;
        _byName = settings.Names.ToFrozenDictionary(name => name, name => new Tenant(name), StringComparer.Ordinal);
        _byHost = settings.Tenants
            .SelectMany(tenant => tenant.Value.HostNames.Select(host => (Host: host, Tenant: _byName[tenant.Key])))
            .ToFrozenDictionary(entry => entry.Host, entry => entry.Tenant, StringComparer.OrdinalIgnoreCase);
        Default = settings.Default.Length == 0 ? null : _byName[settings.Default];
    }

    /// <summary>The tenant of an address that names none; null when such a request is refused.</summary>
    public Tenant? Default { get; }

    /// <summary>All of them.</summary>
    public IEnumerable<Tenant> All => _byName.Values;

    /// <summary>Host names that belong to a tenant.</summary>
    public IEnumerable<string> HostNames => _byHost.Keys;

    /// <summary>True when addresses say nothing of tenants: there is one.</summary>
    public bool IsSingle => _byName.Count == 1 && _byHost.Count == 0;

    /// <summary>By name, or null.</summary>
    public Tenant? Find(ReadOnlySpan<char> name) =>
        _byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var tenant) ? tenant : null;

    /// <summary>By host name, or null.</summary>
    public Tenant? OfHost(ReadOnlySpan<char> host) =>
        _byHost.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(host, out var tenant) ? tenant : null;
}
