using System.Collections.Immutable;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;
using Dwapi.Storage.Sqlite;

namespace Dwapi.Storage.Measurements;

/// <summary>Table <c>head</c>: the highest sequence and the latest row of every attribute (DECISIONS 13).</summary>
internal static class SqliteHeads
{
    public static AttributeState Find(SqliteSession session, string tenant, string service, string attribute)
    {
        var state = new AttributeState(attribute);
        var statement = session.Prepare("""
            SELECT h.id, h.sequence, h.latest_edge, m.sequence, m.measured_at, m.received_at, m.stamped
            FROM head h LEFT JOIN measurement m ON m.head = h.id AND m.sequence = h.latest_sequence
            WHERE h.tenant = ?1 AND h.service = ?2 AND h.attribute = ?3
            """).Bind(1, tenant).Bind(2, service).Bind(3, attribute);
        if (statement.Step())
        {
            state.HeadId = statement.Long(0);
            state.StoredSequence = state.Sequence = statement.Long(1);
            if (state.Sequence > 0)
            {
                state.LatestEdge = statement.Text(2);
                state.Latest = new Measurement(statement.Long(3), statement.Long(4), statement.Long(5), statement.Bool(6), default, default);
            }

            statement.Reset();
        }

        return state;
    }

    public static long Add(SqliteSession session, string tenant, string service, string attribute)
    {
        var statement = session.Prepare("""
            INSERT INTO head (tenant, service, attribute, sequence, latest_sequence, latest_edge) VALUES (?1, ?2, ?3, 0, 0, '') RETURNING id
            """).Bind(1, tenant).Bind(2, service).Bind(3, attribute);
        statement.Step();
        var id = statement.Long(0);
        statement.Reset();
        return id;
    }

    public static void Move(SqliteSession session, AttributeState attribute)
    {
        session.Prepare("UPDATE head SET sequence = ?3, latest_sequence = ?4, latest_edge = ?5 WHERE id = ?1 AND sequence = ?2")
            .Bind(1, attribute.HeadId).Bind(2, attribute.StoredSequence)
            .Bind(3, attribute.Sequence).Bind(4, attribute.Latest!.Sequence).Bind(5, attribute.LatestEdge).Run();
        if (session.Changes != 1)
        {
            throw new InvalidOperationException("The head moved inside the writer's transaction; another program writes the file.");
        }
    }

    /// <summary>The heads of a device that have a row.</summary>
    public static ImmutableArray<StoredHead> All(SqliteSession session, string tenant, string service)
    {
        var heads = ImmutableArray.CreateBuilder<StoredHead>();
        var statement = session.Prepare("""
            SELECT h.attribute, h.sequence, h.latest_edge, m.sequence, m.measured_at, m.received_at, m.stamped, m.battery, m.quantities
            FROM head h JOIN measurement m ON m.head = h.id AND m.sequence = h.latest_sequence
            WHERE h.tenant = ?1 AND h.service = ?2
            ORDER BY h.attribute
            """).Bind(1, tenant).Bind(2, service);
        while (statement.Step())
        {
            heads.Add(new StoredHead(statement.Text(0), statement.Long(1), SqliteMeasurementReads.Row(statement, 3), statement.Text(2)));
        }

        return heads.DrainToImmutable();
    }

    /// <summary>The id and the sequence of a head; (0, 0) when there is none.</summary>
    public static (long Id, long Sequence) Peek(SqliteSession session, string tenant, string service, string attribute)
    {
        var statement = session.Prepare("SELECT id, sequence FROM head WHERE tenant = ?1 AND service = ?2 AND attribute = ?3")
            .Bind(1, tenant).Bind(2, service).Bind(3, attribute);
        if (!statement.Step())
        {
            return default;
        }

        var head = (statement.Long(0), statement.Long(1));
        statement.Reset();
        return head;
    }
}
