using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;

namespace Dwapi.Bench.Load;

/// <summary>
/// Reads an application's socket all the time, so that pings are answered between the timed parts too, and notes how long each event
/// took that is expected.
/// </summary>
internal sealed class EventReceiver : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WebSocketConnection _socket;
    private readonly ConcurrentDictionary<long, long> _sent = new();
    private readonly Channel<long> _ticks = Channel.CreateUnbounded<long>();

    public EventReceiver(WebSocketConnection socket)
    {
        _socket = socket;
        _ = Read();
    }

    /// <summary>An event with this time of measurement, Unix ms, is sent now.</summary>
    public void Expect(long timeStamp) => _sent[timeStamp] = Stopwatch.GetTimestamp();

    /// <summary>Waits for a number of events.</summary>
    public async Task<Latencies> Take(int events)
    {
        using var limit = new CancellationTokenSource(Patience);
        var ticks = new List<long>(events);
        while (ticks.Count < events)
        {
            ticks.Add(await _ticks.Reader.ReadAsync(limit.Token));
        }

        return new Latencies(ticks);
    }

    public void Dispose() => _socket.Dispose();

    private async Task Read()
    {
        try
        {
            while (true)
            {
                var message = await _socket.Receive();
                var now = Stopwatch.GetTimestamp();
                var stamp = "\"timeStamp\":"u8;
                var at = message.Span.IndexOf(stamp);
                if (at >= 0 && Utf8Parser.TryParse(message.Span[(at + stamp.Length)..], out long timeStamp, out _)
                    && _sent.TryRemove(timeStamp, out var start))
                {
                    _ticks.Writer.TryWrite(now - start);
                }
            }
        }
        catch (Exception end) when (end is IOException or System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            _ticks.Writer.TryComplete(end);
        }
    }
}
