using System.Collections.Immutable;
using Dwapi.Grains.Devices;

namespace Dwapi.Grains.Ports;

/// <summary>
/// Durable registrations of services; used by silos only. A service that several edges announce is one row that belongs to the latest
/// announcer (DECISIONS 4), so that it is listed once.
/// </summary>
public interface IServiceRegistry
{
    /// <summary>Stores announcements of one edge in one transaction.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="edgeId">The edge.</param>
    /// <param name="services">New or changed services.</param>
    /// <param name="removed">Services that this edge no longer has; removed when no other edge announces them.</param>
    /// <param name="complete">True when <paramref name="services"/> is the edge's whole list.</param>
    /// <param name="cancellationToken">Cancellation.</param>
    /// <returns>Only what really changed, with the registration as it is now; null for a service that is gone.</returns>
    Task<ImmutableArray<RegistryChange>> Announce(
        string tenant,
        string edgeId,
        ImmutableArray<ServiceRegistration> services,
        ImmutableArray<string> removed,
        bool complete,
        CancellationToken cancellationToken);

    /// <summary>One registration, or null.</summary>
    Task<ServiceRegistration?> Find(string tenant, string serviceId, CancellationToken cancellationToken);

    /// <summary>Every edge that announces a service, with whether it said online.</summary>
    Task<ImmutableArray<ServiceAnnouncer>> GetAnnouncers(string tenant, string serviceId, CancellationToken cancellationToken);

    /// <summary>Registrations that belong to an edge, above an id, ordered by id; O(page).</summary>
    Task<ImmutableArray<RegisteredService>> GetPage(string tenant, string edgeId, string after, int limit, CancellationToken cancellationToken);

    /// <summary>Ids, in order and above an id, of services that an edge announces and that belong to another one; O(page).</summary>
    Task<ImmutableArray<string>> GetShared(string tenant, string edgeId, string after, int limit, CancellationToken cancellationToken);
}
