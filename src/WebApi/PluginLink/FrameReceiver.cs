using System.Buffers;
using System.Net.WebSockets;

namespace Dwapi.WebApi.PluginLink;

/// <summary>Reads whole text messages. The bytes of a message are copied once, into an array of its own: slices point into it.</summary>
internal sealed class FrameReceiver(WebSocket socket) : IDisposable
{
    private const int IdleBuffer = 4 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(IdleBuffer);

    /// <summary>The next message, or why there is none.</summary>
    public async ValueTask<ReceivedFrame> ReceiveAsync(int limit, CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            if (length == _buffer.Length)
            {
                Grow(length);
            }

            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return new ReceivedFrame(FrameKind.Closed, default);
            }

            if (part.MessageType == WebSocketMessageType.Binary)
            {
                return new ReceivedFrame(FrameKind.Binary, default);
            }

            length += part.Count;
            if (length > limit)
            {
                return new ReceivedFrame(FrameKind.TooLarge, default);
            }

            if (part.EndOfMessage)
            {
                var frame = _buffer.AsSpan(0, length).ToArray();
                Shrink();
                return new ReceivedFrame(FrameKind.Text, frame);
            }
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Grow(int used)
    {
        var larger = ArrayPool<byte>.Shared.Rent(used * 2);
        _buffer.AsSpan(0, used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    // Thousands of links wait most of the time: none keeps the buffer of its largest frame.
    private void Shrink()
    {
        if (_buffer.Length > IdleBuffer * 16)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = ArrayPool<byte>.Shared.Rent(IdleBuffer);
        }
    }
}
