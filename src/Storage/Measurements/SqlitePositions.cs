using System.Collections.Immutable;
using Dwapi.Storage.Sqlite;

namespace Dwapi.Storage.Measurements;

/// <summary>Positions of an edge's outbox that are settled (DECISIONS 14): a row each, down to what the edge holds as acknowledged.</summary>
internal sealed class SqlitePositions
{
    private readonly string _tenant;
    private readonly string _edge;
    private readonly string _epoch;
    private long _id;
    private long _acknowledged;

    private SqlitePositions(string tenant, string edge, string epoch)
    {
        _tenant = tenant;
        _edge = edge;
        _epoch = epoch;
    }

    public static SqlitePositions Of(SqliteSession session, string tenant, string edge, string epoch)
    {
        var positions = new SqlitePositions(tenant, edge, epoch);
        var statement = session.Prepare("SELECT id, acknowledged FROM edge_epoch WHERE tenant = ?1 AND edge = ?2 AND epoch = ?3")
            .Bind(1, tenant).Bind(2, edge).Bind(3, epoch);
        if (statement.Step())
        {
            positions._id = statement.Long(0);
            positions._acknowledged = statement.Long(1);
            statement.Reset();
        }

        return positions;
    }

    /// <summary>False when the position was settled before. 0 is no position.</summary>
    public bool TryAdd(SqliteSession session, long sequence)
    {
        if (sequence == 0)
        {
            return true;
        }

        if (sequence <= _acknowledged)
        {
            return false;
        }

        EnsureRow(session);
        session.Prepare("INSERT OR IGNORE INTO position (edge_epoch, sequence) VALUES (?1, ?2)").Bind(1, _id).Bind(2, sequence).Run();
        return session.Changes == 1;
    }

    public bool Contains(SqliteSession session, long sequence)
    {
        if (sequence <= _acknowledged || _id == 0)
        {
            return sequence != 0 && sequence <= _acknowledged;
        }

        var statement = session.Prepare("SELECT 1 FROM position WHERE edge_epoch = ?1 AND sequence = ?2").Bind(1, _id).Bind(2, sequence);
        var found = statement.Step();
        statement.Reset();
        return found;
    }

    public ImmutableArray<long> Above(SqliteSession session, long above)
    {
        var found = ImmutableArray.CreateBuilder<long>();
        var statement = session.Prepare("SELECT sequence FROM position WHERE edge_epoch = ?1 AND sequence > ?2 ORDER BY sequence")
            .Bind(1, _id).Bind(2, above);
        while (statement.Step())
        {
            found.Add(statement.Long(0));
        }

        return found.DrainToImmutable();
    }

    /// <summary>Forgets the rows up to a position, and the edge's other epochs.</summary>
    public void Prune(SqliteSession session, long acknowledged)
    {
        EnsureRow(session);
        session.Prepare("UPDATE edge_epoch SET acknowledged = MAX(acknowledged, ?2) WHERE id = ?1").Bind(1, _id).Bind(2, acknowledged).Run();
        session.Prepare("DELETE FROM position WHERE edge_epoch = ?1 AND sequence <= ?2").Bind(1, _id).Bind(2, acknowledged).Run();
        session.Prepare(
            "DELETE FROM position WHERE edge_epoch IN (SELECT id FROM edge_epoch WHERE tenant = ?1 AND edge = ?2 AND epoch <> ?3)")
            .Bind(1, _tenant).Bind(2, _edge).Bind(3, _epoch).Run();
        session.Prepare("DELETE FROM edge_epoch WHERE tenant = ?1 AND edge = ?2 AND epoch <> ?3")
            .Bind(1, _tenant).Bind(2, _edge).Bind(3, _epoch).Run();
    }

    private void EnsureRow(SqliteSession session)
    {
        if (_id == 0)
        {
            var statement = session.Prepare("INSERT INTO edge_epoch (tenant, edge, epoch) VALUES (?1, ?2, ?3) RETURNING id")
                .Bind(1, _tenant).Bind(2, _edge).Bind(3, _epoch);
            statement.Step();
            _id = statement.Long(0);
            statement.Reset();
        }
    }
}
