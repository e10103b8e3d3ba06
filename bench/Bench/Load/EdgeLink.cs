using System.Collections.Immutable;
using System.Diagnostics;
using Dwapi.Gotapi.Frames;

namespace Dwapi.Bench.Load;

/// <summary>
/// An edge at the other end of GotAPI-4, reduced to what loads the server: hello, announcements, numbered items within the credit, pings.
/// </summary>
internal sealed class EdgeLink : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebSocketConnection _socket;
    private readonly EventsFrameWriter _frame = new();
    private readonly Lock _gate = new();
    private Task _reading = Task.CompletedTask;
    private TaskCompletionSource _progress = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _credit;
    private long _acknowledged;
    private long _sequence;
    private long _pinged;
    private long _next;

    private EdgeLink(WebSocketConnection socket) => _socket = socket;

    /// <summary>Items sent so far.</summary>
    public long Sent => _sequence;

    /// <summary>Connects and says hello.</summary>
    public static async Task<EdgeLink> Open(int port, string path, string edgeId, string key)
    {
        var link = new EdgeLink(await WebSocketConnection.Open(port, path, origin: null, 64 * 1024));
        await link.Send(new HelloFrame { EdgeId = edgeId, Key = key, Epoch = "bench", Name = edgeId, Product = "bench", Version = "1", Approval = PlugInApproval.Automatic });
        if (await link.Receive() is not WelcomeFrame welcome)
        {
            throw new IOException("No WELCOME.");
        }

        link._credit = welcome.Credit;
        link._reading = link.Read();
        return link;
    }

    /// <summary>Announces devices, in frames of the largest number that one may have.</summary>
    public async Task Announce(int first, int count)
    {
        foreach (var chunk in Enumerable.Range(first, count).Chunk(LinkLimits.MaxServices))
        {
            await Send(new ServicesFrame { Services = [.. chunk.Select(HeartRates.Announcement)] });
        }
    }

    /// <summary>Sends an item at once, whatever the credit: for few of them.</summary>
    public Task Send(byte[] item)
    {
        _frame.Clear();
        _frame.TryAdd(++_sequence, item);
        Interlocked.Decrement(ref _credit);
        return _socket.Send(_frame.End());
    }

    /// <summary>Sends items in turn for a time, as fast as the credit allows, and waits until all are acknowledged.</summary>
    /// <returns>How many.</returns>
    public async Task<long> Flood(ImmutableArray<byte[]> items, TimeSpan window, int itemsPerFrame = LinkLimits.MaxItems)
    {
        var before = _sequence;
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < window)
        {
            _next += await SendFrame(items, _next, itemsPerFrame);
        }

        await Settled();
        return _sequence - before;
    }

    /// <summary>Sends every item once.</summary>
    public async Task SendOnce(ImmutableArray<byte[]> items)
    {
        for (var sent = 0; sent < items.Length;)
        {
            sent += await SendFrame(items, sent, Math.Min(items.Length - sent, LinkLimits.MaxItems));
        }

        await Settled();
    }

    /// <summary>Waits until everything that was sent is acknowledged, and lets the server forget it.</summary>
    public async Task Settled()
    {
        while (Volatile.Read(ref _acknowledged) < _sequence)
        {
            await Progress(() => Volatile.Read(ref _acknowledged) >= _sequence);
        }

        await Ping();
    }

    /// <summary>Says what is acknowledged, as an edge does every few seconds.</summary>
    public Task Ping() => Send(new PingFrame(Volatile.Read(ref _acknowledged)));

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        try
        {
            await _reading;
        }
        catch (Exception end) when (end is IOException or System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            // Its connection is closed under it.
        }
    }

    private async Task<int> SendFrame(ImmutableArray<byte[]> items, long first, int most)
    {
        while (Volatile.Read(ref _credit) < most)
        {
            await Progress(() => Volatile.Read(ref _credit) >= most);
        }

        _frame.Clear();
        while (_frame.Count < most && _frame.TryAdd(_sequence + 1, items[(int)((first + _frame.Count) % items.Length)]))
        {
            _sequence++;
        }

        Interlocked.Add(ref _credit, -_frame.Count);
        await _socket.Send(_frame.End());
        if (_sequence - _pinged > 100_000)
        {
            _pinged = _sequence;
            await Ping();
        }

        return _frame.Count;
    }

    private async Task Read()
    {
        try
        {
            while (true)
            {
                switch (await Receive())
                {
                    case AckFrame { Refused.Length: > 0 } refused:
                        throw new IOException("The server refused an item: " + refused.Refused[0].ErrorMessage);
                    case AckFrame ack:
                        Volatile.Write(ref _acknowledged, ack.Sequence);
                        Interlocked.Add(ref _credit, ack.Credit);
                        Signal().TrySetResult();
                        break;
                    case ErrorFrame error:
                        throw new IOException("The server ended the link: " + error.ErrorMessage);
                }
            }
        }
        catch (Exception fault)
        {
            Signal().TrySetException(fault);
            throw;
        }
    }

    private TaskCompletionSource Signal()
    {
        lock (_gate)
        {
            var signal = _progress;
            _progress = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return signal;
        }
    }

    // The signal is taken before the look, so that none is missed.
    private async Task Progress(Func<bool> done)
    {
        if (_reading.IsCompleted)
        {
            await _reading;
        }

        Task signal;
        lock (_gate)
        {
            signal = _progress.Task;
        }

        if (!done())
        {
            await signal.WaitAsync(Patience);
        }
    }

    private Task Send(LinkFrame frame) => _socket.Send(LinkFrameWriter.ToUtf8(frame));

    private async Task<LinkFrame> Receive()
    {
        var message = await _socket.Receive();
        return LinkFrameReader.TryRead(message, out var frame, out var refusal) ? frame! : throw new IOException(refusal.Message);
    }
}
