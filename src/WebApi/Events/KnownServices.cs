using Dwapi.Grains.Devices;
using Dwapi.Grains.Edges;

namespace Dwapi.WebApi.Events;

/// <summary>What the monitors of a tenant know of its services: as listed when the first one came, and as told since.</summary>
internal sealed class KnownServices
{
    // Null is a service that was told to be gone.
    private readonly Dictionary<string, (ServiceRegistration? Service, bool Told)> _services = new(StringComparer.Ordinal);

    /// <summary>Takes a change.</summary>
    /// <returns>False for one that repeats what was told last: an edge whose call had an unknown outcome says it again.</returns>
    public bool Take(ServiceChange change)
    {
        var now = change.Present ? change.Service with { Device = default } : null;
        if (_services.TryGetValue(change.Service.ServiceId, out var known) && known.Told && LookTheSame(known.Service, now))
        {
            return false;
        }

        _services[change.Service.ServiceId] = (now, true);
        return true;
    }

    /// <summary>Adds what is listed, but for what is known already.</summary>
    public void Add(IReadOnlyDictionary<string, ServiceRegistration> listed)
    {
        foreach (var (serviceId, service) in listed)
        {
            _services.TryAdd(serviceId, (service, false));
        }
    }

    /// <summary>Known ones that are not listed.</summary>
    public List<string> NotIn(IReadOnlyDictionary<string, ServiceRegistration> listed) =>
        [.. _services.Where(known => known.Value.Service is not null && !listed.ContainsKey(known.Key)).Select(known => known.Key)];

    /// <summary>The changes that lead from what is known to what there is.</summary>
    /// <param name="listed">What there is.</param>
    /// <param name="gone">Known ones that are no more.</param>
    public List<ServiceChange> Differences(IReadOnlyDictionary<string, ServiceRegistration> listed, IEnumerable<string> gone) =>
    [
        .. gone.Select(serviceId => new ServiceChange(_services[serviceId].Service! with { Online = false }, Present: false)),
        .. listed.Values
            .Where(service => !_services.TryGetValue(service.ServiceId, out var known) || !LookTheSame(known.Service, service))
            .Select(service => new ServiceChange(service, Present: true)),
    ];

    // As an application sees them.
    private static bool LookTheSame(ServiceRegistration? one, ServiceRegistration? other) =>
        one is null || other is null ? one is null && other is null : Frame(one).AsSpan().SequenceEqual(Frame(other));

    private static byte[] Frame(ServiceRegistration service) => EventFrames.Of(new ServiceChange(service, Present: true), 0).Body;
}
