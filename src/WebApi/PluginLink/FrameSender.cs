using System.Buffers;
using System.Net.WebSockets;
using Dwapi.Gotapi.Frames;

namespace Dwapi.WebApi.PluginLink;

/// <summary>Writes frames one after the other; a WebSocket takes only one writer at a time.</summary>
internal sealed class FrameSender(WebSocket socket) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private bool _closed;

    /// <summary>Sends a frame; false when the socket no longer takes one.</summary>
    public async Task<bool> SendAsync(LinkFrame frame, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await WriteAsync(frame, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Sends the last frame, if there is one, and the close.</summary>
    public async Task CloseAsync(ErrorFrame? last, WebSocketCloseStatus status, string reason, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (last is not null)
            {
                await WriteAsync(last, cancellationToken);
            }

            if (!_closed && socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                _closed = true;
                await socket.CloseOutputAsync(status, reason, cancellationToken);
            }
        }
        catch (WebSocketException)
        {
            // It is gone already.
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<bool> WriteAsync(LinkFrame frame, CancellationToken cancellationToken)
    {
        if (_closed || socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            return false;
        }

        _buffer.ResetWrittenCount();
        LinkFrameWriter.Write(frame, _buffer);
        try
        {
            await socket.SendAsync(_buffer.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
            return true;
        }
        catch (WebSocketException)
        {
            return false;
        }
    }
}
