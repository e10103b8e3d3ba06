using System.Net.WebSockets;
using System.Threading.Channels;

namespace Dwapi.Bench.Bare;

/// <summary>The applications' sockets: a bounded channel in front of each, as long as Dwapi's queue, the oldest goes.</summary>
internal sealed class BareSockets
{
    private const int Queue = 64;

    private readonly Lock _gate = new();
    private Channel<byte[]>[] _channels = [];

    /// <summary>Serves one socket until it is gone.</summary>
    public async Task Serve(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var channel = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(Queue) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        lock (_gate)
        {
            _channels = [.. _channels, channel];
        }

        try
        {
            await socket.SendAsync("{\"result\":0}"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
            await foreach (var message in channel.Reader.ReadAllAsync(context.RequestAborted))
            {
                await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
            }
        }
        catch (Exception end) when (end is WebSocketException or OperationCanceledException or IOException)
        {
            // The other side has gone.
        }
        finally
        {
            lock (_gate)
            {
                _channels = [.. _channels.Where(c => c != channel)];
            }
        }
    }

    /// <summary>Passes a message to every socket; it is copied once.</summary>
    public void Publish(ReadOnlyMemory<byte> message)
    {
        if (_channels is not { Length: > 0 } channels)
        {
            return;
        }

        var copy = message.ToArray();
        foreach (var channel in channels)
        {
            channel.Writer.TryWrite(copy);
        }
    }
}
