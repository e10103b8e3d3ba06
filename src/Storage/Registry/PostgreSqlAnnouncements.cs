using System.Text;
using Dwapi.Storage.PostgreSql;
using Npgsql;

namespace Dwapi.Storage.Registry;

/// <summary>Changes of table <c>announcement</c> that are written together: a complete list may name 100,000 services.</summary>
internal sealed class PostgreSqlAnnouncements(string tenant)
{
    private readonly Dictionary<(string Service, string Edge), (Announcement Announcement, bool Owner)?> _rows = [];

    /// <summary>Notes what brings the rows of one service from one state to another; a later change of a row goes before an earlier one.</summary>
    public void Add(string service, Announcements before, Announcements now)
    {
        foreach (var gone in now.Gone(before))
        {
            _rows[(service, gone.Edge)] = null;
        }

        foreach (var (announcement, owner) in now.Changed(before))
        {
            _rows[(service, announcement.Edge)] = (announcement, owner);
        }
    }

    public async Task Run(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var gone = _rows.Where(static r => r.Value is null).Select(static r => r.Key).ToList();
        var rows = _rows.Where(static r => r.Value is not null).Select(static r => (r.Key.Service, r.Value!.Value.Announcement, r.Value!.Value.Owner)).ToList();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                PostgreSqlCommands.Batched(
                    "DELETE FROM announcement a USING unnest($2::text[], $3::text[]) AS g (service, edge) WHERE a.tenant = $1 AND a.service = g.service AND a.edge = g.edge",
                    tenant,
                    gone.ConvertAll(static g => g.Service),
                    gone.ConvertAll(static g => g.Edge)),
                PostgreSqlCommands.Batched(
                    """
                    INSERT INTO announcement (tenant, service, edge, owner, announced, online, registration, device)
                    SELECT $1, * FROM unnest($2::text[], $3::text[], $4::boolean[], $5::bigint[], $6::boolean[], $7::text[], $8::bytea[])
                    ON CONFLICT (tenant, service, edge) DO UPDATE SET
                        owner = EXCLUDED.owner, announced = EXCLUDED.announced, online = EXCLUDED.online,
                        registration = EXCLUDED.registration, device = EXCLUDED.device
                    """,
                    tenant,
                    rows.ConvertAll(static r => r.Service),
                    rows.ConvertAll(static r => r.Announcement.Edge),
                    rows.ConvertAll(static r => r.Owner),
                    rows.ConvertAll(static r => r.Announcement.Order),
                    rows.ConvertAll(static r => r.Announcement.Online),
                    rows.ConvertAll(static r => Encoding.UTF8.GetString(r.Announcement.Registration)),
                    rows.ConvertAll(static r => r.Announcement.Device)),
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
