using System.Collections.Immutable;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;
using Dwapi.Storage.Sqlite;

namespace Dwapi.Storage.Registry;

/// <summary>The registry in the data directory's file.</summary>
internal sealed class SqliteServiceRegistry(SqliteDatabase database) : IServiceRegistry
{
    public Task<ImmutableArray<RegistryChange>> Announce(
        string tenant,
        string edgeId,
        ImmutableArray<ServiceRegistration> services,
        ImmutableArray<string> removed,
        bool complete,
        CancellationToken cancellationToken) =>
        database.Write(session => Announce(session, tenant, edgeId, services, removed, complete), cancellationToken).AsTask();

    public Task<ServiceRegistration?> Find(string tenant, string serviceId, CancellationToken cancellationToken) =>
        database.Read(
            (tenant, serviceId), static (session, a) => SqliteAnnouncements.Read(session, a.tenant, a.serviceId).Show(a.serviceId), cancellationToken);

    public Task<ImmutableArray<ServiceAnnouncer>> GetAnnouncers(string tenant, string serviceId, CancellationToken cancellationToken) =>
        database.Read(
            (tenant, serviceId),
            static (session, a) => SqliteAnnouncements.Read(session, a.tenant, a.serviceId).All
                .OrderByDescending(announcement => announcement.Order)
                .Select(announcement => new ServiceAnnouncer(announcement.Edge, announcement.Online)).ToImmutableArray(),
            cancellationToken);

    public Task<ImmutableArray<RegisteredService>> GetPage(
        string tenant, string edgeId, string after, int limit, CancellationToken cancellationToken) =>
        database.Read((tenant, edgeId, after, limit), static (session, a) => Page(session, a.tenant, a.edgeId, a.after, a.limit), cancellationToken);

    public Task<ImmutableArray<string>> GetShared(string tenant, string edgeId, string after, int limit, CancellationToken cancellationToken) =>
        database.Read((tenant, edgeId, after, limit), static (session, a) => Shared(session, a.tenant, a.edgeId, a.after, a.limit), cancellationToken);

    private static ImmutableArray<RegistryChange> Announce(
        SqliteSession session,
        string tenant,
        string edge,
        ImmutableArray<ServiceRegistration> services,
        ImmutableArray<string> removed,
        bool complete)
    {
        var run = new AnnounceRun(
            edge,
            service => SqliteAnnouncements.Read(session, tenant, service),
            (service, before, now) => SqliteAnnouncements.Write(session, tenant, service, before, now));
        foreach (var service in services)
        {
            run.Announce(service);
        }

        foreach (var service in complete ? Missing(session, tenant, edge, services).Union(removed) : removed)
        {
            run.Remove(service);
        }

        return run.Changes;
    }

    private static IEnumerable<string> Missing(SqliteSession session, string tenant, string edge, ImmutableArray<ServiceRegistration> services)
    {
        var listed = services.Select(s => s.ServiceId).ToHashSet(StringComparer.Ordinal);
        return SqliteAnnouncements.Services(session, tenant, edge).Where(s => !listed.Contains(s));
    }

    private static ImmutableArray<string> Shared(SqliteSession session, string tenant, string edge, string after, int limit)
    {
        var ids = ImmutableArray.CreateBuilder<string>();
        var statement = session.Prepare("""
            SELECT service FROM announcement
            WHERE tenant = ?1 AND edge = ?2 AND owner = 0 AND service > ?3
            ORDER BY service LIMIT ?4
            """).Bind(1, tenant).Bind(2, edge).Bind(3, after).Bind(4, limit);
        while (statement.Step())
        {
            ids.Add(statement.Text(0));
        }

        return ids.DrainToImmutable();
    }

    private static ImmutableArray<RegisteredService> Page(SqliteSession session, string tenant, string edge, string after, int limit)
    {
        var page = ImmutableArray.CreateBuilder<RegisteredService>();
        var statement = session.Prepare("""
            SELECT a.service,
                   (SELECT COUNT(*) FROM announcement o WHERE o.tenant = a.tenant AND o.service = a.service),
                   (SELECT MAX(o.online) FROM announcement o WHERE o.tenant = a.tenant AND o.service = a.service),
                   a.edge, a.announced, a.online, a.registration, a.device
            FROM announcement a
            WHERE a.tenant = ?1 AND a.edge = ?2 AND a.owner = 1 AND a.service > ?3
            ORDER BY a.service LIMIT ?4
            """).Bind(1, tenant).Bind(2, edge).Bind(3, after).Bind(4, limit);
        while (statement.Step())
        {
            page.Add(new RegisteredService(SqliteAnnouncements.Row(statement, 3).Show(statement.Text(0), statement.Bool(2)), (int)statement.Long(1)));
        }

        return page.DrainToImmutable();
    }
}
