using System.Diagnostics;
using System.Threading.Channels;
using Dwapi.Grains.Ports;
using Dwapi.Storage.Commits;
using Dwapi.Storage.Measurements;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dwapi.Storage.PostgreSql;

/// <summary>
/// One connection that commits appends (DECISIONS 16): at once when idle; what gathers meanwhile is the next batch. A fault of one request
/// fails that request, a fault of the database fails the batch and the next batch connects anew.
/// </summary>
internal sealed class PostgreSqlLane : IAsyncDisposable
{
    private const int QueueLength = 4096;
    private const int BatchItems = 8192;
    private const int Attempts = 3;

    // Kept for the life of the connection, emptied by each commit. Plans must be those of large tables
    // also where the server's statistics are old, and compiling them costs more than running them.
    private const string Prepare = """
        SET enable_seqscan = off; SET jit = off;
        CREATE TEMPORARY TABLE incoming (
            ord integer NOT NULL, refused boolean NOT NULL, edge_epoch bigint NOT NULL, position bigint NOT NULL, head bigint NOT NULL, identity bytea,
            measured_at bigint NOT NULL, received_at bigint NOT NULL, stamped boolean NOT NULL, battery bytea NOT NULL, quantities bytea NOT NULL,
            continuous boolean NOT NULL
        ) ON COMMIT DELETE ROWS
        """;

    private readonly Channel<PendingAppend> _queue = Channel.CreateBounded<PendingAppend>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true });

    private readonly PostgreSqlDatabase _database;
    private readonly PostgreSqlMonths _months;
    private readonly ILogger _logger;
    private readonly List<PendingAppend> _batch = [];
    private readonly HashSet<(string Tenant, string Service)> _devices = [];
    private readonly Task _loop;
    private PendingAppend? _held;
    private NpgsqlConnection? _connection;
    private volatile bool _closing;
    private long _requests;
    private long _transactions;
    private long _failures;

    public PostgreSqlLane(PostgreSqlDatabase database, PostgreSqlMonths months, ILogger logger)
    {
        _database = database;
        _months = months;
        _logger = logger;
        _loop = Loop();
    }

    public WriterStatistics Statistics => new(
        Interlocked.Read(ref _requests), Interlocked.Read(ref _transactions), Interlocked.Read(ref _failures));

    public async ValueTask<AppendResult> Submit(PendingAppend pending, CancellationToken cancellationToken)
    {
        try
        {
            await _queue.Writer.WriteAsync(pending, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw Closed();
        }

        return await pending.Completion.ConfigureAwait(false);
    }

    /// <summary>Finishes the batch that is being committed and fails the requests that wait.</summary>
    public async ValueTask DisposeAsync()
    {
        // In this order: nothing can be queued any more when the loop fails what waits.
        _queue.Writer.TryComplete();
        _closing = true;
        await _loop;
    }

    private async Task Loop()
    {
        while (!_closing && (_held is not null || await _queue.Reader.WaitToReadAsync().ConfigureAwait(false)))
        {
            TakeBatch();
            if (_batch.Count > 0)
            {
                await WriteBatch().ConfigureAwait(false);
                _batch.Clear();
                _devices.Clear();
            }
        }

        _held?.Fail(Closed());
        while (_queue.Reader.TryRead(out var waiting))
        {
            waiting.Fail(Closed());
        }

        await Disconnect().ConfigureAwait(false);
    }

    // A second request of a device waits for the next batch: what it expects depends on what becomes of the first.
    private void TakeBatch()
    {
        var items = 0;
        while (items < BatchItems && !_closing && (Interlocked.Exchange(ref _held, null) is { } work || _queue.Reader.TryRead(out work)))
        {
            if (work.TryCancel())
            {
                continue;
            }

            if (!_devices.Add(work.Device))
            {
                _held = work;
                return;
            }

            _batch.Add(work);
            items += work.Request.Items.Length;
        }
    }

    private async Task WriteBatch()
    {
        try
        {
            await Commit(_batch).ConfigureAwait(false);
        }
        catch (Exception fault) when (_batch.Count == 1 || PostgreSqlFault.IsOfTheDatabase(fault))
        {
            await FailAll(_batch, fault).ConfigureAwait(false);
        }
        catch
        {
            // One of them is at fault: each for itself.
            foreach (var work in _batch)
            {
                PendingAppend[] alone = [work];
                try
                {
                    await Commit(alone).ConfigureAwait(false);
                }
                catch (Exception fault)
                {
                    await FailAll(alone, fault).ConfigureAwait(false);
                }
            }
        }
    }

    private async Task Commit(IReadOnlyList<PendingAppend> batch)
    {
        _database.Probe.Reached(CommitPoint.Taken);
        var start = Stopwatch.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var append = new PostgreSqlAppend(batch);
            try
            {
                await _months.Ensure(batch).ConfigureAwait(false);
                await append.Run(await Connect().ConfigureAwait(false), _database.Probe).ConfigureAwait(false);
                break;
            }
            catch (Exception fault)
            {
                // The rollback is the end of the connection: whatever state it was in.
                await Disconnect().ConfigureAwait(false);
                if (append.InDoubt && PostgreSqlFault.IsOfTheDatabase(fault))
                {
                    throw new CommitInDoubtException(fault);
                }

                // A connection that was idle may have died long ago, which says nothing about the server: once. Two silos may have met: again.
                var stale = attempt == 1 && PostgreSqlFault.IsOfTheDatabase(fault);
                if (attempt >= Attempts || !(stale || PostgreSqlFault.IsWorthARetry(fault)))
                {
                    throw;
                }

                if (stale)
                {
                    _database.Source.Clear();
                }
            }
        }

        var durable = Stopwatch.GetElapsedTime(start);
        _database.Probe.Reached(CommitPoint.Committed);
        Interlocked.Increment(ref _transactions);
        Interlocked.Add(ref _requests, batch.Count);
        foreach (var work in batch)
        {
            work.Complete();
        }

        _database.Probe.Reached(CommitPoint.Answered);
        StoreMeter.Committed(batch.Count, durable);
        _database.Works();
    }

    private async Task FailAll(IReadOnlyList<PendingAppend> batch, Exception fault)
    {
        await Disconnect().ConfigureAwait(false);
        var inDoubt = fault is CommitInDoubtException;
        var cause = inDoubt ? fault.InnerException! : fault;
        var reason = cause is NpgsqlException or TimeoutException ? _database.Failed(cause, inDoubt) : cause;
        if (PostgreSqlFault.IsOfTheDatabase(cause))
        {
            Interlocked.Increment(ref _failures);
            StoreMeter.Failed();
        }

        foreach (var work in batch)
        {
            work.Fail(reason);
        }
    }

    private async Task<NpgsqlConnection> Connect()
    {
        if (_connection is null)
        {
            _connection = await _database.Source.OpenConnectionAsync().ConfigureAwait(false);
            await using var prepare = new NpgsqlCommand(Prepare, _connection);
            await prepare.ExecuteNonQueryAsync().ConfigureAwait(false);
        }

        return _connection;
    }

    private async Task Disconnect()
    {
        if (Interlocked.Exchange(ref _connection, null) is { } connection)
        {
            try
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is NpgsqlException or IOException)
            {
                Log.RollbackFailed(_logger, fault);
            }
        }
    }

    private static MeasurementStoreException Closed() =>
        new("The store is closed because the server stops; nothing of this request was stored, send it again.");
}
