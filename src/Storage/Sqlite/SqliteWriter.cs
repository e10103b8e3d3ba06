using System.Diagnostics;
using System.Threading.Channels;
using Dwapi.Grains.Ports;
using Dwapi.Storage.Commits;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Dwapi.Storage.Sqlite;

/// <summary>
/// The one writer of the file (DECISIONS 16): commits at once when idle; what gathers meanwhile is the next batch. A fault of one request
/// fails that request, a fault of the file fails the batch and the next batch tries again.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int QueueLength = 4096;
    private const int BatchWeight = 8192;
    private const int CheckpointPages = 4096;

    private readonly Channel<StoreWork> _queue = Channel.CreateBounded<StoreWork>(new BoundedChannelOptions(QueueLength)
    {
        SingleReader = true,

        // The writer's thread is woken by the caller itself, not by way of the thread pool.
        AllowSynchronousContinuations = true,
    });

    private readonly string _path;
    private readonly ICommitProbe _probe;
    private readonly ILogger _logger;
    private readonly List<StoreWork> _batch = [];
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SqliteSession? _session;
    private volatile bool _closing;
    private volatile string? _fault;
    private int _pages;
    private long _requests;
    private long _transactions;
    private long _failures;

    /// <summary>Takes over an open connection and starts the thread.</summary>
    public SqliteWriter(string path, SqliteSession session, ICommitProbe probe, ILogger logger)
    {
        _path = path;
        _session = session;
        _probe = probe;
        _logger = logger;
        new Thread(Loop) { IsBackground = true, Name = "dwapi-store-writer" }.Start();
    }

    public WriterStatistics Statistics => new(
        Interlocked.Read(ref _requests), Interlocked.Read(ref _transactions), Interlocked.Read(ref _failures));

    /// <summary>Why the last batch was not written; null while all is well.</summary>
    public string? Fault => _fault;

    /// <summary>Hands a request over; waits while the queue is full.</summary>
    /// <exception cref="MeasurementStoreException">Nothing of the request is durable.</exception>
    public ValueTask<T> Submit<T>(StoreWork<T> work, CancellationToken cancellationToken) =>
        _queue.Writer.TryWrite(work) ? new ValueTask<T>(work.Completion) : SubmitWhenRoom(work, cancellationToken);

    /// <summary>Finishes the batch that is being committed and fails the requests that wait.</summary>
    public async ValueTask DisposeAsync()
    {
        // In this order: nothing can be queued any more when the thread fails what waits.
        _queue.Writer.TryComplete();
        _closing = true;
        await _stopped.Task;
    }

    private async ValueTask<T> SubmitWhenRoom<T>(StoreWork<T> work, CancellationToken cancellationToken)
    {
        try
        {
            await _queue.Writer.WriteAsync(work, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw Closed();
        }

        return await work.Completion.ConfigureAwait(false);
    }

    private void Loop()
    {
        // The thread is the writer's own: being blocked is its way of being idle.
        while (!_closing && _queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            TakeBatch();
            if (_batch.Count > 0)
            {
                WriteBatch();
                _batch.Clear();
                CheckpointWhenDue();
            }
        }

        while (_queue.Reader.TryRead(out var waiting))
        {
            waiting.Fail(Closed());
        }

        _session?.Dispose();
        _stopped.SetResult();
    }

    private void TakeBatch()
    {
        var weight = 0;
        while (weight < BatchWeight && !_closing && _queue.Reader.TryRead(out var work))
        {
            if (!work.TryCancel())
            {
                _batch.Add(work);
                weight += work.Weight;
            }
        }
    }

    private void WriteBatch()
    {
        try
        {
            Commit(_batch);
        }
        catch (Exception fault) when (_batch.Count == 1 || StoreFault.IsOfTheFile(fault))
        {
            FailAll(_batch, fault);
        }
        catch (Exception neighbour)
        {
            // One of them is at fault: each for itself.
            RollBack(neighbour);
            foreach (var work in _batch)
            {
                StoreWork[] alone = [work];
                try
                {
                    Commit(alone);
                }
                catch (Exception fault)
                {
                    FailAll(alone, fault);
                }
            }
        }
    }

    private void Commit(IReadOnlyList<StoreWork> batch)
    {
        _probe.Reached(CommitPoint.Taken);
        var start = Stopwatch.GetTimestamp();
        _session ??= SqliteSession.OpenWriter(_path);
        _session.Prepare("BEGIN IMMEDIATE").Run();
        foreach (var work in batch)
        {
            work.Execute(_session);
        }

        _probe.Reached(CommitPoint.Written);
        _session.Prepare("COMMIT").Run();
        var durable = Stopwatch.GetElapsedTime(start);
        _probe.Reached(CommitPoint.Committed);
        Interlocked.Increment(ref _transactions);
        Interlocked.Add(ref _requests, batch.Count);
        foreach (var work in batch)
        {
            work.Complete();
        }

        _probe.Reached(CommitPoint.Answered);
        StoreMeter.Committed(batch.Count, durable);
        if (_fault is not null)
        {
            _fault = null;
            Log.StoreRecovered(_logger, _path);
        }
    }

    private void FailAll(IReadOnlyList<StoreWork> batch, Exception fault)
    {
        RollBack(fault);
        var ofTheFile = StoreFault.IsOfTheFile(fault);
        var reason = fault is SqliteException ? StoreFault.Explain(_path, fault) : fault;
        if (ofTheFile)
        {
            Interlocked.Increment(ref _failures);
            StoreMeter.Failed();

            // Said once, not for every batch.
            var first = _fault is null;
            _fault = reason.Message;
            if (first)
            {
                Log.StoreFailed(_logger, reason.Message);
            }
        }

        foreach (var work in batch)
        {
            work.Fail(reason);
        }
    }

    private void RollBack(Exception fault)
    {
        try
        {
            if (_session is { InTransaction: true })
            {
                _session.Prepare("ROLLBACK").Run();
            }

            if (!StoreFault.IsOfTheFile(fault) || StoreFault.KeepsConnection(fault))
            {
                return;
            }
        }
        catch (Exception rollback)
        {
            Log.RollbackFailed(_logger, rollback);
        }

        _session?.Dispose();
        _session = null;
    }

    private void CheckpointWhenDue()
    {
        if (_session is null)
        {
            return;
        }

        // After the answers and never inside a commit: a checkpoint makes the next batch wait, not this one.
        _pages += _session.TakePagesWritten();
        if (_pages < CheckpointPages)
        {
            return;
        }

        _pages = 0;
        try
        {
            _session.Prepare("PRAGMA wal_checkpoint(PASSIVE)").Run();
            _probe.Reached(CommitPoint.Checkpointed);
        }
        catch (Exception fault)
        {
            Log.CheckpointFailed(_logger, fault);
        }
    }

    private static MeasurementStoreException Closed() =>
        new("The store is closed because the server stops; nothing of this request was stored, send it again.");
}
