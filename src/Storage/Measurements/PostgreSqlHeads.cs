using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;
using Dwapi.Storage.PostgreSql;
using Npgsql;

namespace Dwapi.Storage.Measurements;

/// <summary>The heads of a batch (DECISIONS 13). They are locked: of two silos that write one device at once the second sees what the first did.</summary>
internal sealed class PostgreSqlHeads
{
    private readonly List<(string Tenant, string Service, string Attribute)> _keys = [];
    private readonly Dictionary<(string Tenant, string Service, string Attribute), AttributeState> _heads = [];

    public bool AnyMissing => _heads.Values.Any(static h => h.HeadId == 0);

    public AttributeState Of(AppendRequest request, string attribute)
    {
        var key = (request.Tenant, request.ServiceId, attribute);
        if (!_heads.TryGetValue(key, out var head))
        {
            _heads.Add(key, head = new AttributeState(attribute));
            _keys.Add(key);
        }

        return head;
    }

    public NpgsqlBatchCommand Lock() => WithKeys("""
        SELECT k.ord, h.id, h.sequence, h.latest_sequence, h.latest_measured_at, h.latest_received_at, h.latest_edge
        FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS k (tenant, service, attribute, ord)
        JOIN head h ON h.tenant = k.tenant AND h.service = k.service AND h.attribute = k.attribute
        ORDER BY h.id FOR NO KEY UPDATE OF h
        """);

    public NpgsqlBatchCommand AddMissing() => WithKeys("""
        INSERT INTO head (tenant, service, attribute) SELECT k.* FROM unnest($1::text[], $2::text[], $3::text[]) AS k ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING
        """);

    public async Task Read(NpgsqlDataReader reader)
    {
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            var head = _heads[_keys[(int)reader.GetInt64(0) - 1]];
            head.HeadId = reader.GetInt64(1);
            head.StoredSequence = head.Sequence = reader.GetInt64(2);
            if (head.Sequence > 0)
            {
                head.Latest = new Measurement(reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5), false, default, default);
                head.LatestEdge = reader.GetString(6);
            }
        }
    }

    /// <summary>Moves the heads that got new rows.</summary>
    public NpgsqlBatchCommand Move()
    {
        var moved = _heads.Values.Where(static h => h.Sequence != h.StoredSequence).ToList();
        return PostgreSqlCommands.Batched(
            """
            UPDATE head h
            SET sequence = m.sequence, latest_sequence = m.latest, latest_measured_at = m.measured_at, latest_received_at = m.received_at, latest_edge = m.edge
            FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[])
                AS m (id, expected, sequence, latest, measured_at, received_at, edge)
            WHERE h.id = m.id AND h.sequence = m.expected
            """,
            moved.ConvertAll(static h => h.HeadId),
            moved.ConvertAll(static h => h.StoredSequence),
            moved.ConvertAll(static h => h.Sequence),
            moved.ConvertAll(static h => h.Latest!.Sequence),
            moved.ConvertAll(static h => h.Latest!.MeasuredAt),
            moved.ConvertAll(static h => h.Latest!.ReceivedAt),
            moved.ConvertAll(static h => h.LatestEdge));
    }

    private NpgsqlBatchCommand WithKeys(string sql) => PostgreSqlCommands.Batched(
        sql, _keys.ConvertAll(static k => k.Tenant), _keys.ConvertAll(static k => k.Service), _keys.ConvertAll(static k => k.Attribute));
}
