using System.Collections.Immutable;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;

namespace Dwapi.Storage.Registry;

/// <summary>The same rules without a file: for benchmarks and tests only.</summary>
internal sealed class MemoryServiceRegistry : IServiceRegistry
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<(string Tenant, string Service), Announcements> _services =
        new(Comparer<(string Tenant, string Service)>.Create(static (a, b) =>
            string.CompareOrdinal(a.Tenant, b.Tenant) is var order and not 0 ? order : string.CompareOrdinal(a.Service, b.Service)));

    public Task<ImmutableArray<RegistryChange>> Announce(
        string tenant,
        string edgeId,
        ImmutableArray<ServiceRegistration> services,
        ImmutableArray<string> removed,
        bool complete,
        CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var run = new AnnounceRun(edgeId, service => Read(tenant, service), (service, _, now) => Write(tenant, service, now));
            foreach (var service in services)
            {
                run.Announce(service);
            }

            var listed = services.Select(s => s.ServiceId).ToHashSet(StringComparer.Ordinal);
            var missing = complete
                ? _services.Where(s => s.Key.Tenant == tenant && s.Value.Of(edgeId) is not null).Select(s => s.Key.Service).Where(s => !listed.Contains(s))
                : [];
            foreach (var service in missing.Union(removed).ToList())
            {
                run.Remove(service);
            }

            return Task.FromResult(run.Changes);
        }
    }

    public Task<ServiceRegistration?> Find(string tenant, string serviceId, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(Read(tenant, serviceId).Show(serviceId));
        }
    }

    public Task<ImmutableArray<ServiceAnnouncer>> GetAnnouncers(string tenant, string serviceId, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(Read(tenant, serviceId).All.OrderByDescending(a => a.Order)
                .Select(a => new ServiceAnnouncer(a.Edge, a.Online)).ToImmutableArray());
        }
    }

    public Task<ImmutableArray<RegisteredService>> GetPage(
        string tenant, string edgeId, string after, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_services
                .Where(s => s.Key.Tenant == tenant && string.CompareOrdinal(s.Key.Service, after) > 0 && s.Value.Owner!.Edge == edgeId)
                .Take(limit)
                .Select(s => new RegisteredService(s.Value.Show(s.Key.Service)!, s.Value.All.Count)).ToImmutableArray());
        }
    }

    public Task<ImmutableArray<string>> GetShared(string tenant, string edgeId, string after, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_services
                .Where(s => s.Key.Tenant == tenant && string.CompareOrdinal(s.Key.Service, after) > 0
                    && s.Value.Owner!.Edge != edgeId && s.Value.Of(edgeId) is not null)
                .Select(s => s.Key.Service).Take(limit).ToImmutableArray());
        }
    }

    public long Count(string tenant)
    {
        lock (_lock)
        {
            return _services.Keys.Count(key => key.Tenant == tenant);
        }
    }

    private Announcements Read(string tenant, string service) =>
        _services.TryGetValue((tenant, service), out var found) ? found : new Announcements([]);

    private void Write(string tenant, string service, Announcements now)
    {
        if (now.All.Count == 0)
        {
            _services.Remove((tenant, service));
        }
        else
        {
            _services[(tenant, service)] = now;
        }
    }
}
