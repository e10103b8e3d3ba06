using System.Collections.Concurrent;
using Dwapi.Grains;
using Dwapi.Grains.Devices;
using Dwapi.WebApi.Gotapi;
using Dwapi.WebApi.Sessions;

namespace Dwapi.WebApi.Tenants;

/// <summary>
/// A tenant as this node knows it. What the node remembers of sessions and devices belongs to one tenant, so that no token and no
/// serviceId of another can be found by it.
/// </summary>
internal sealed class Tenant(string name)
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>Sessions by clientId; kept by <see cref="SessionCache"/>.</summary>
    public ConcurrentDictionary<string, CachedSession> Sessions { get; } = new(StringComparer.Ordinal);

    /// <summary>Devices by serviceId; kept by <see cref="ServiceDirectory"/>.</summary>
    public ConcurrentDictionary<string, IDeviceGrain> Devices { get; } = new(StringComparer.Ordinal);

    /// <summary>Keys of origins, also that there is none; kept by <see cref="HmacKeys"/>.</summary>
    public ConcurrentDictionary<string, KnownOriginKey> OriginKeys { get; } = new(StringComparer.Ordinal);

    /// <summary>The label of its metrics.</summary>
    public KeyValuePair<string, object?> Tag { get; } = new("tenant", name);

    /// <summary>The key of one of its grains.</summary>
    public string KeyOf(string id) => TenantKey.Of(Name, id);
}
