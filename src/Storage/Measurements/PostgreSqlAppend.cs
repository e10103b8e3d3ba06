using System.Runtime.InteropServices;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;
using Dwapi.Storage.Commits;
using Dwapi.Storage.PostgreSql;
using Npgsql;
using NpgsqlTypes;

namespace Dwapi.Storage.Measurements;

/// <summary>
/// One transaction with the requests of many devices (DECISIONS 11 to 14, 27). It locks the edges' epochs and the heads, so that nobody else moves
/// them; copies the items beside the tables; notes positions and identities, which says what is new; numbers that, and inserts it.
/// </summary>
internal sealed class PostgreSqlAppend(IReadOnlyList<PendingAppend> batch)
{
    private readonly List<BatchItem> _items = [];
    private readonly PostgreSqlEdgeEpochs _epochs = new();
    private readonly PostgreSqlHeads _heads = new();

    /// <summary>True when the commit was sent and nobody knows what became of it.</summary>
    public bool InDoubt { get; private set; }

    /// <summary>Runs the whole transaction; every request has its result then, and all of them are durable.</summary>
    public async Task Run(NpgsqlConnection connection, ICommitProbe probe)
    {
        Collect();
        await Lock(connection).ConfigureAwait(false);
        SortOut();
        await Copy(connection).ConfigureAwait(false);
        await Settle(connection).ConfigureAwait(false);
        Number();
        probe.Reached(CommitPoint.Written);
        await Commit(connection).ConfigureAwait(false);
    }

    private void Collect()
    {
        foreach (var (request, pending) in batch.Select(static p => (p.Request, p)))
        {
            var epoch = _epochs.Of(request);
            foreach (var item in request.Items)
            {
                _items.Add(new BatchItem(pending, item, epoch, _heads.Of(request, item.Attribute)));
            }
        }
    }

    private async Task Lock(NpgsqlConnection connection)
    {
        await using var begin = new NpgsqlBatch(connection) { BatchCommands = { new("BEGIN"), _epochs.Lock(), _heads.Lock() } };
        await ReadLocked(begin).ConfigureAwait(false);
        if (_epochs.AnyMissing || _heads.AnyMissing)
        {
            await using var add = new NpgsqlBatch(connection)
            {
                BatchCommands = { _epochs.AddMissing(), _heads.AddMissing(), _epochs.Lock(), _heads.Lock() },
            };
            await ReadLocked(add).ConfigureAwait(false);
        }
    }

    private async Task ReadLocked(NpgsqlBatch locks)
    {
        await using var reader = await locks.ExecuteReaderAsync().ConfigureAwait(false);
        await _epochs.Read(reader).ConfigureAwait(false);
        await reader.NextResultAsync().ConfigureAwait(false);
        await _heads.Read(reader).ConfigureAwait(false);
    }

    // What is known without looking: positions that the edge holds as acknowledged, or that came twice in one batch.
    private void SortOut()
    {
        var seen = new HashSet<(long Epoch, long Position)>();
        foreach (var item in _items)
        {
            item.Refused = item.Head.StoredSequence != AttributeState.Expected(item.Pending.Request, item.Head.Attribute);
            var position = item.Item.EdgeSequence;
            item.IsDuplicate = position != 0 && (position <= item.Epoch.Acknowledged || (!item.Refused && !seen.Add((item.Epoch.Id, position))));
        }
    }

    private async Task Copy(NpgsqlConnection connection)
    {
        await using var copy = await connection.BeginBinaryImportAsync("""
            COPY incoming (ord, refused, edge_epoch, position, head, identity, measured_at, received_at, stamped, battery, quantities, continuous)
            FROM STDIN (FORMAT binary)
            """).ConfigureAwait(false);
        for (var i = 0; i < _items.Count; i++)
        {
            var row = _items[i];
            if (row.IsDuplicate)
            {
                continue;
            }

            await copy.StartRowAsync().ConfigureAwait(false);
            await copy.WriteAsync(i + 1, NpgsqlDbType.Integer).ConfigureAwait(false);
            await copy.WriteAsync(row.Refused, NpgsqlDbType.Boolean).ConfigureAwait(false);
            await copy.WriteAsync(row.Epoch.Id, NpgsqlDbType.Bigint).ConfigureAwait(false);
            await copy.WriteAsync(row.Item.EdgeSequence, NpgsqlDbType.Bigint).ConfigureAwait(false);
            await copy.WriteAsync(row.Head.HeadId, NpgsqlDbType.Bigint).ConfigureAwait(false);
            await (row.Item.Identity.IsEmpty ? copy.WriteNullAsync() : copy.WriteAsync(row.Item.Identity, NpgsqlDbType.Bytea)).ConfigureAwait(false);
            await copy.WriteAsync(row.Item.MeasuredAt, NpgsqlDbType.Bigint).ConfigureAwait(false);
            await copy.WriteAsync(row.Item.ReceivedAt, NpgsqlDbType.Bigint).ConfigureAwait(false);
            await copy.WriteAsync(row.Item.Stamped, NpgsqlDbType.Boolean).ConfigureAwait(false);
            await copy.WriteAsync(row.Item.BatteryLevel, NpgsqlDbType.Bytea).ConfigureAwait(false);
            await copy.WriteAsync(row.Item.Quantities, NpgsqlDbType.Bytea).ConfigureAwait(false);
            await copy.WriteAsync(row.Item.Continuous, NpgsqlDbType.Boolean).ConfigureAwait(false);
        }

        await copy.CompleteAsync().ConfigureAwait(false);
    }

    private async Task Settle(NpgsqlConnection connection)
    {
        var settled = new PostgreSqlSettled();
        await settled.Read(connection, _items.Exists(static i => !i.Item.Identity.IsEmpty), _items.Exists(static i => i.Refused)).ConfigureAwait(false);
        for (var i = 0; i < _items.Count; i++)
        {
            var item = _items[i];
            item.IsDuplicate = item.IsDuplicate
                || (item.Refused
                    ? settled.Knew(i + 1)
                    : (item.Item.EdgeSequence != 0 && !settled.TookPosition(item.Epoch.Id, item.Item.EdgeSequence))
                        || (!item.Item.Identity.IsEmpty && !settled.TryTakeIdentity(item.Head.HeadId, item.Item.Identity)));
        }
    }

    private void Number()
    {
        var at = 0;
        foreach (var pending in batch)
        {
            var outcomes = new AppendedItem[pending.Request.Items.Length];
            var conflict = false;
            for (var i = 0; i < outcomes.Length; i++, at++)
            {
                var item = _items[at];
                outcomes[i] = item.IsDuplicate ? new AppendedItem(ReportOutcome.Duplicate, 0, false)
                    : item.Refused ? new AppendedItem(ReportOutcome.Repeat, 0, false)
                    : item.Head.Take(item.Item, pending.Request.EdgeId);
                item.Sequence = outcomes[i].Sequence;
                conflict |= outcomes[i].Outcome == ReportOutcome.Repeat;
            }

            pending.Result = new AppendResult(ImmutableCollectionsMarshal.AsImmutableArray(outcomes), conflict);
        }
    }

    // In one message: either all of it arrives and is carried out, or nothing is.
    private async Task Commit(NpgsqlConnection connection)
    {
        await using var last = new NpgsqlBatch(connection);
        if (_items.Exists(static i => i.Sequence > 0))
        {
            last.BatchCommands.Add(PostgreSqlCommands.Batched(
                """
                INSERT INTO measurement (head, sequence, measured_at, received_at, stamped, battery, quantities, continuous)
                SELECT head, ($1::bigint[])[ord], measured_at, received_at, stamped, battery, quantities, continuous
                FROM incoming WHERE ($1::bigint[])[ord] > 0
                """,
                _items.ConvertAll(static i => i.Sequence)));
            last.BatchCommands.Add(_heads.Move());
        }

        last.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        InDoubt = true;
        try
        {
            await last.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
        catch (PostgresException fault) when (fault.InvariantSeverity == "ERROR")
        {
            // The server itself says that the transaction failed.
            InDoubt = false;
            throw;
        }

        InDoubt = false;
    }
}
