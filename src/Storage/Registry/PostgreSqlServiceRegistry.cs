using System.Collections.Immutable;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;
using Dwapi.Storage.PostgreSql;
using Npgsql;

namespace Dwapi.Storage.Registry;

/// <summary>The registry in a PostgreSQL database, which several silos may share.</summary>
internal sealed class PostgreSqlServiceRegistry(PostgreSqlDatabase database) : IServiceRegistry
{
    private const string Columns = "edge, announced, online, registration, device";

    public Task<ImmutableArray<RegistryChange>> Announce(
        string tenant,
        string edgeId,
        ImmutableArray<ServiceRegistration> services,
        ImmutableArray<string> removed,
        bool complete,
        CancellationToken cancellationToken) =>
        database.Run((connection, token) => Announce(connection, tenant, edgeId, services, removed, complete, token), cancellationToken);

    public async Task<ServiceRegistration?> Find(string tenant, string serviceId, CancellationToken cancellationToken) =>
        (await Read(tenant, serviceId, cancellationToken)).Show(serviceId);

    public async Task<ImmutableArray<ServiceAnnouncer>> GetAnnouncers(string tenant, string serviceId, CancellationToken cancellationToken) =>
        [.. (await Read(tenant, serviceId, cancellationToken)).All.OrderByDescending(static a => a.Order)
            .Select(static a => new ServiceAnnouncer(a.Edge, a.Online))];

    public Task<ImmutableArray<RegisteredService>> GetPage(
        string tenant, string edgeId, string after, int limit, CancellationToken cancellationToken) =>
        database.Query(
            $"""
            SELECT {Columns}, service,
                   (SELECT COUNT(*) FROM announcement o WHERE o.tenant = a.tenant AND o.service = a.service),
                   (SELECT bool_or(o.online) FROM announcement o WHERE o.tenant = a.tenant AND o.service = a.service)
            FROM announcement a
            WHERE tenant = $1 AND edge = $2 AND owner AND service > $3
            ORDER BY service LIMIT $4
            """,
            static reader => new RegisteredService(Row(reader).Show(reader.GetString(5), reader.GetBoolean(7)), (int)reader.GetInt64(6)),
            cancellationToken,
            tenant,
            edgeId,
            after,
            limit);

    public Task<ImmutableArray<string>> GetShared(string tenant, string edgeId, string after, int limit, CancellationToken cancellationToken) =>
        database.Query(
            """
            SELECT service FROM announcement
            WHERE tenant = $1 AND edge = $2 AND NOT owner AND service > $3
            ORDER BY service LIMIT $4
            """,
            static reader => reader.GetString(0),
            cancellationToken,
            tenant,
            edgeId,
            after,
            limit);

    private async Task<Announcements> Read(string tenant, string service, CancellationToken cancellationToken) => new(
        await database.Query(
            $"SELECT {Columns} FROM announcement WHERE tenant = $1 AND service = $2", Row, cancellationToken, tenant, service));

    private static async Task<ImmutableArray<RegistryChange>> Announce(
        NpgsqlConnection connection,
        string tenant,
        string edge,
        ImmutableArray<ServiceRegistration> services,
        ImmutableArray<string> removed,
        bool complete,
        CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // Two edges that announce one new service at once must not both find nobody; there is no row yet that could be locked.
        await connection.Query(
            "SELECT 1 FROM pg_advisory_xact_lock(hashtext('dwapi announcement'), hashtext($1))", static _ => 0, cancellationToken, tenant);
        string[] named = [.. services.Select(static s => s.ServiceId), .. removed];
        var present = (await connection.Query(
            $"""
            SELECT {Columns}, service FROM announcement
            WHERE tenant = $1 AND (service = ANY ($2) OR ($3 AND service IN (SELECT o.service FROM announcement o WHERE o.tenant = $1 AND o.edge = $4)))
            """,
            static reader => (Service: reader.GetString(5), Announcement: Row(reader)),
            cancellationToken,
            tenant,
            named,
            complete,
            edge)).GroupBy(static r => r.Service).ToDictionary(static g => g.Key, static g => new Announcements([.. g.Select(static r => r.Announcement)]));

        var writes = new PostgreSqlAnnouncements(tenant);
        var run = new AnnounceRun(
            edge,
            service => present.TryGetValue(service, out var found) ? found : new Announcements([]),
            (service, before, now) =>
            {
                present[service] = now;
                writes.Add(service, before, now);
            });
        foreach (var service in services)
        {
            run.Announce(service);
        }

        var listed = services.Select(static s => s.ServiceId).ToHashSet(StringComparer.Ordinal);
        var missing = complete ? present.Where(s => s.Value.Of(edge) is not null).Select(static s => s.Key).Where(s => !listed.Contains(s)) : [];
        foreach (var service in missing.Union(removed).ToList())
        {
            run.Remove(service);
        }

        await writes.Run(connection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return run.Changes;
    }

    private static Announcement Row(NpgsqlDataReader reader) => new(
        reader.GetString(0), reader.GetInt64(1), reader.GetBoolean(2), System.Text.Encoding.UTF8.GetBytes(reader.GetString(3)), reader.GetFieldValue<byte[]>(4));
}
