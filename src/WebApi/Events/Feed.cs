using System.Threading.Channels;
using Dwapi.Grains;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace Dwapi.WebApi.Events;

/// <summary>
/// A stream subscription of this node. Order and completeness come from the numbers of what is told, not from the stream: a hole is read
/// again, and every 5 s the head is compared, so that a lost stream message costs time and no data. A stream that tells nothing at all
/// between two checks while its grain goes on is subscribed anew.
/// </summary>
/// <typeparam name="T">What the stream tells.</typeparam>
internal abstract class Feed<T> : IFeed
{
    private const int Backlog = 4096;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly string _key;
    private readonly StreamId _stream;
    private readonly IClusterClient _client;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    // A full one loses the newest message; the next head check reads it again.
    private readonly Channel<T> _arrived = Channel.CreateBounded<T>(
        new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private StreamSubscriptionHandle<T>? _subscription;
    private bool _stopped;
    private int _due;
    private int _told;

    protected Feed(string key, string streamNamespace, IClusterClient client, TimeProvider time, ILogger logger)
    {
        _key = key;
        _stream = StreamId.Create(streamNamespace, key);
        _client = client;
        _time = time;
        _logger = logger;
        _ = Pump();
    }

    /// <inheritdoc />
    public int Monitors { get; set; }

    /// <inheritdoc />
    public long NextCheck { get; set; }

    /// <inheritdoc />
    public bool IsChecking => Volatile.Read(ref _due) != 0;

    /// <summary>One at a time has the feed's state.</summary>
    protected SemaphoreSlim Turn { get; } = new(1, 1);

    /// <inheritdoc />
    public abstract Task Join(SocketMonitor monitor);

    /// <inheritdoc />
    public abstract Task Leave(SocketMonitor monitor);

    /// <inheritdoc />
    public async Task Check()
    {
        // One that falls due while another is under way follows it: what came since that one looked is found without another 5 s.
        if (Interlocked.Increment(ref _due) != 1)
        {
            return;
        }

        int taken;
        do
        {
            taken = Volatile.Read(ref _due);
            try
            {
                await CheckHead();
            }
            catch (Exception fault)
            {
                Log.FeedFailed(_logger, _key, fault);
            }
        }
        while (Interlocked.Add(ref _due, -taken) != 0);
    }

    /// <inheritdoc />
    public async Task Stop()
    {
        _arrived.Writer.TryComplete();
        await Turn.WaitAsync();
        try
        {
            _stopped = true;
            await Unsubscribe();
        }
        catch (Exception fault)
        {
            Log.FeedFailed(_logger, _key, fault);
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>Gives out what the stream told; has the turn.</summary>
    protected abstract ValueTask GiveOut(T told);

    /// <summary>Compares the head and reads what is missing; takes the turn itself.</summary>
    protected abstract Task CheckHead();

    /// <summary>Does something until it succeeds or the monitor is closed.</summary>
    protected async Task UntilDone(SocketMonitor monitor, Func<Task> attempt)
    {
        while (!monitor.Closed)
        {
            try
            {
                await attempt();
                return;
            }
            catch (Exception fault)
            {
                Log.FeedFailed(_logger, _key, fault);
                await Task.Delay(RetryAfter, _time);
            }
        }
    }

    /// <summary>Subscribes if that was not done yet; the caller has the turn.</summary>
    protected async Task Subscribe()
    {
        if (_subscription is null && !_stopped)
        {
            _subscription = await _client.GetStreamProvider(Streams.Provider).GetStream<T>(_stream).SubscribeAsync(Arrived);
        }
    }

    /// <summary>Ends a check: a stream that told nothing since the last one although something is new is subscribed anew.</summary>
    protected async Task EndCheck(bool missed)
    {
        if (Interlocked.Exchange(ref _told, 0) == 0 && missed)
        {
            Log.StreamSilent(_logger, _key);
            await Unsubscribe();
            await Subscribe();
        }
    }

    private async Task Unsubscribe()
    {
        if (_subscription is { } subscription)
        {
            _subscription = null;
            await subscription.UnsubscribeAsync();
        }
    }

    private Task Arrived(T told, StreamSequenceToken? token)
    {
        Volatile.Write(ref _told, 1);
        _arrived.Writer.TryWrite(told);
        return Task.CompletedTask;
    }

    private async Task Pump()
    {
        await foreach (var told in _arrived.Reader.ReadAllAsync())
        {
            await Turn.WaitAsync();
            try
            {
                await GiveOut(told);
            }
            catch (Exception fault)
            {
                // The head did not move: the next check reads from there.
                Log.FeedFailed(_logger, _key, fault);
            }
            finally
            {
                Turn.Release();
            }
        }
    }
}
