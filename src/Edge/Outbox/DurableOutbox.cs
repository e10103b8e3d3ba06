using System.Threading.Channels;
using Dwapi.Edge.Signals;
using Dwapi.Gotapi.Frames;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Dwapi.Edge.Outbox;

/// <summary>
/// The durable, numbered outbox of an edge: what was appended survives a crash and is sent until the server acknowledged it
/// (DECISIONS 14-16). One writer; what gathers during a commit is the next commit.
/// </summary>
internal sealed class DurableOutbox : IAsyncDisposable
{
    private const int LargestBatch = 4096;

    private readonly Channel<OutboxWork> _work;
    private readonly FileStream _processLock;
    private readonly OutboxWriter _writer;
    private readonly OutboxOptions _options;
    private readonly ILogger _log;
    private readonly Pulse _acknowledged = new();
    private readonly Task _writing;
    private long _lost;

    private DurableOutbox(OutboxOptions options, FileStream processLock, OutboxWriter writer, SendQueue queue, ILogger log)
    {
        _options = options;
        _processLock = processLock;
        _writer = writer;
        _log = log;
        Queue = queue;
        _work = Channel.CreateBounded<OutboxWork>(new BoundedChannelOptions(options.WaitingAppends) { SingleReader = true });
        _writing = WriteAsync();
    }

    /// <summary>Made when the file was created; sequence numbers count within it.</summary>
    public string Epoch => _writer.Epoch;

    /// <summary>Everything up to here is stored or refused by the server; the edge alone owns this position.</summary>
    public long Acknowledged => _writer.Acknowledged;

    /// <summary>The last number given.</summary>
    public long Last => _writer.Last;

    /// <summary>Measurements that could not be written because the disk refused, since the start.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Continuous values that gave way because the outbox was full, since the start.</summary>
    public long Dropped => _writer.Dropped;

    /// <summary>What is to be sent.</summary>
    public SendQueue Queue { get; }

    /// <summary>Opens or creates the outbox; only one process may have it open.</summary>
    /// <exception cref="OutboxException">Another process has it, or the file cannot be used.</exception>
    public static DurableOutbox Open(OutboxOptions options, ILogger log)
    {
        var path = Path.GetFullPath(options.Path);
        FileStream processLock;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            processLock = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutboxException(
                $"The outbox {path} is in use by another edge, or its folder cannot be written ({e.Message}). Give each edge its own outbox.", e);
        }

        try
        {
            var writer = new OutboxWriter(OutboxSchema.OpenWriter(path), options);
            return new DurableOutbox(options, processLock, writer, new SendQueue(OutboxSchema.OpenReader(path), writer.Acknowledged, writer.Last), log);
        }
        catch
        {
            processLock.Dispose();
            throw;
        }
    }

    /// <summary>Appends an entry; when the task ends, it is durable and has the returned number.</summary>
    /// <exception cref="OutboxException">The disk refused it; it is counted in <see cref="Lost"/>.</exception>
    /// <exception cref="ArgumentException">The item is larger than a frame.</exception>
    public Task<long> AppendAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        // What no frame can carry would stop everything behind it for ever.
        if (entry.Item.Length > SendQueue.LargestItem)
            throw new ArgumentException("The item is larger than a frame.", nameof(entry));
        return DoAsync(new OutboxWork { Append = entry }, cancellationToken);
    }

    /// <summary>Keeps the announcement of a device beside its items.</summary>
    public Task DescribeAsync(ServiceAnnouncement announcement) => DoAsync(
        new OutboxWork
        {
            Describe = new OutboxDescription(announcement.ServiceId, LinkFrameWriter.ToUtf8(new ServicesFrame { Services = [announcement] })),
        },
        CancellationToken.None);

    /// <summary>Notes what the server said: everything up to a position is stored or refused, and these items were refused.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The position lies behind the last number: it cannot be about this epoch.</exception>
    public Task AcknowledgeAsync(long position, IReadOnlyList<OutboxRefusal> refused, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, Last);
        return DoAsync(new OutboxWork { Acknowledged = position, Refused = refused }, cancellationToken);
    }

    /// <summary>Everything not acknowledged is to be sent again, on a new connection.</summary>
    public void Rewind() => Queue.Rewind(() => Last);

    /// <summary>Ends when the server has everything that was appended.</summary>
    public async Task WaitUntilEmptyAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = _acknowledged.Next;
            if (Acknowledged == Last)
                return;
            await next.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What it holds and where it stands.</summary>
    public OutboxStatus Status() => OutboxInspector.Read(_options.Path);

    /// <summary>Commits what waits and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_work.Writer.TryComplete())
            return;
        await _writing.ConfigureAwait(false);
        Queue.Dispose();
        _writer.Dispose();
        await _processLock.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<long> DoAsync(OutboxWork work, CancellationToken cancellationToken)
    {
        await _work.Writer.WriteAsync(work, cancellationToken).ConfigureAwait(false);
        return await work.Done.Task.ConfigureAwait(false);
    }

    private async Task WriteAsync()
    {
        var batch = new List<OutboxWork>();
        var appended = new List<(int, OutboxItem)>();
        var refused = new List<OutboxRefusal>();
        while (await _work.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (batch.Count < LargestBatch && _work.Reader.TryRead(out var work))
                batch.Add(work);
            Commit(batch, appended, refused);
            batch.Clear();
            appended.Clear();
            refused.Clear();
        }
    }

    private void Commit(List<OutboxWork> batch, List<(int Device, OutboxItem Item)> appended, List<OutboxRefusal> refused)
    {
        var dropped = _writer.Dropped;
        try
        {
            _writer.Commit(batch, appended, refused);
        }
        catch (Exception e)
        {
            // Whatever it was, the callers must hear of it and the writer must go on: the next batch may succeed.
            Interlocked.Add(ref _lost, batch.Count(work => work.Append is not null));
            Log.OutboxCommitFailed(_log, (e as SqliteException)?.SqliteErrorCode ?? 0, e.Message);
            var failure = new OutboxException($"The outbox {_options.Path} could not be written: {e.Message}. Free space on its disk.", e);
            batch.ForEach(work => work.Done.SetException(failure));
            return;
        }

        Queue.Acknowledge(_writer.Acknowledged);
        Queue.Publish(appended);
        _acknowledged.Raise();
        if (_writer.Dropped > dropped)
            Log.OutboxThinned(_log, _writer.Dropped - dropped, _options.MaxBytes / 1_000_000);
        foreach (var refusal in refused)
            Log.ItemRefused(_log, refusal.Sequence, refusal.Reason);
        _options.Step?.Invoke(OutboxStep.Told);

        var next = 0;
        foreach (var work in batch)
            work.Done.SetResult(work.Append is null ? 0 : appended[next++].Item.Sequence);
    }
}
