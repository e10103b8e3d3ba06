using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Dwapi.Edge.Signals;
using Dwapi.Gotapi.Frames;

namespace Dwapi.Edge.Services;

/// <summary>The services of this edge, and which of them the server has not heard of yet.</summary>
internal sealed class ServiceCatalog
{
    private readonly ConcurrentDictionary<string, IEdgeService> _services = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly Pulse _pulse = new();
    private HashSet<string> _changed = new(StringComparer.Ordinal);

    public int Count => _services.Count;

    /// <summary>Ends at the next change.</summary>
    public Task Changed => _pulse.Next;

    /// <summary>Finds a health device.</summary>
    public bool TryFind(string serviceId, [NotNullWhen(true)] out EdgeService? service)
    {
        service = _services.GetValueOrDefault(serviceId) as EdgeService;
        return service is not null;
    }

    /// <summary>The service of an id; made if there is none.</summary>
    public T GetOrAdd<T>(string serviceId, Func<string, T> make)
        where T : class, IEdgeService => (T)_services.GetOrAdd(serviceId, make);

    /// <summary>Notes that something of a service's announcement changed.</summary>
    public void Note(string serviceId)
    {
        lock (_lock)
            _changed.Add(serviceId);
        _pulse.Raise();
    }

    /// <summary>All services; nothing counts as changed after it.</summary>
    public IReadOnlyList<ServiceAnnouncement> TakeAll()
    {
        Take();
        return All();
    }

    /// <summary>All services.</summary>
    public IReadOnlyList<ServiceAnnouncement> All() => [.. _services.Keys.Select(Announce).OfType<ServiceAnnouncement>()];

    /// <summary>The services that are new or changed since the last call.</summary>
    public IReadOnlyList<ServiceAnnouncement> TakeChanges() => [.. Take().Select(Announce).OfType<ServiceAnnouncement>()];

    private HashSet<string> Take()
    {
        lock (_lock)
        {
            var changed = _changed;
            if (changed.Count > 0)
                _changed = new HashSet<string>(StringComparer.Ordinal);
            return changed;
        }
    }

    private ServiceAnnouncement? Announce(string serviceId)
    {
        if (!_services.TryGetValue(serviceId, out var service))
            return null;
        lock (service.Gate)
            return service.Announcement();
    }
}
