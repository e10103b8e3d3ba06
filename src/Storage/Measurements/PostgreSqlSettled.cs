using Npgsql;

namespace Dwapi.Storage.Measurements;

/// <summary>What the uniqueness tables said of the copied items (DECISIONS 11, 14).</summary>
internal sealed class PostgreSqlSettled
{
    private const string NotePositions = """
        INSERT INTO position (edge_epoch, sequence)
        SELECT edge_epoch, position FROM incoming WHERE NOT refused AND position <> 0 ORDER BY edge_epoch, position
        ON CONFLICT DO NOTHING RETURNING edge_epoch, sequence
        """;

    private const string PositionsOnly = $"WITH taken AS ({NotePositions}) SELECT edge_epoch, sequence, NULL::bytea FROM taken";

    // The identity of an item that came before is not noted again: it was, or it never will be.
    private const string WithIdentities = $"""
        WITH taken AS ({NotePositions}),
        noted AS (
            INSERT INTO identity (head, identity)
            SELECT head, identity FROM incoming
            WHERE NOT refused AND identity IS NOT NULL AND (position = 0 OR (edge_epoch, position) IN (SELECT edge_epoch, sequence FROM taken))
            ORDER BY head, identity
            ON CONFLICT DO NOTHING RETURNING head, identity)
        SELECT edge_epoch, sequence, NULL::bytea FROM taken UNION ALL SELECT head, 0, identity FROM noted
        """;

    // Nothing is written for an item that has to come again, but what is durable already need not come.
    private const string Known = """
        SELECT i.ord FROM incoming i
        WHERE i.refused AND (
            EXISTS (SELECT 1 FROM position p WHERE p.edge_epoch = i.edge_epoch AND p.sequence = i.position)
            OR EXISTS (SELECT 1 FROM identity d WHERE d.head = i.head AND d.identity = i.identity))
        """;

    private readonly HashSet<(long Epoch, long Position)> _positions = [];
    private readonly HashSet<(long Head, string Identity)> _identities = [];
    private readonly HashSet<int> _known = [];

    /// <summary>Notes what is new and reads what was.</summary>
    public async Task Read(NpgsqlConnection connection, bool identities, bool refused)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new(identities ? WithIdentities : PositionsOnly) } };
        if (refused)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Known));
        }

        await using var reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            _ = reader.IsDBNull(2)
                ? _positions.Add((reader.GetInt64(0), reader.GetInt64(1)))
                : _identities.Add((reader.GetInt64(0), Convert.ToHexString(reader.GetFieldValue<byte[]>(2))));
        }

        if (await reader.NextResultAsync().ConfigureAwait(false))
        {
            while (await reader.ReadAsync().ConfigureAwait(false))
            {
                _known.Add(reader.GetInt32(0));
            }
        }
    }

    public bool TookPosition(long epoch, long position) => _positions.Contains((epoch, position));

    /// <summary>True once for an identity that is new: the first item of a batch has it, the others are the same record.</summary>
    public bool TryTakeIdentity(long head, ReadOnlyMemory<byte> identity) => _identities.Remove((head, Convert.ToHexString(identity.Span)));

    public bool Knew(int ord) => _known.Contains(ord);
}
