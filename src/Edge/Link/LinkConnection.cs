using System.Net.WebSockets;
using System.Security.Authentication;
using Dwapi.Gotapi.Frames;

namespace Dwapi.Edge.Link;

/// <summary>One WebSocket to the server: whole frames in and out. One reader, any number of writers.</summary>
internal sealed class LinkConnection : IAsyncDisposable
{
    private const int FirstBuffer = 16 * 1024;

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private byte[] _buffer = new byte[FirstBuffer];

    private LinkConnection()
    {
    }

    /// <summary>Connects.</summary>
    public static async Task<LinkConnection> OpenAsync(LinkSettings settings, CancellationToken cancellationToken)
    {
        var connection = new LinkConnection();
        try
        {
            // The protocol has its own signs of life, which both ends and the tests' clock know of.
            connection._socket.Options.KeepAliveInterval = TimeSpan.Zero;
            connection._socket.Options.RemoteCertificateValidationCallback = ServerTrust.For(settings);
            await connection._socket.ConnectAsync(settings.Server, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch (WebSocketException e)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw new LinkException($"not reached: {Reason(e)}", e);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Sends a frame.</summary>
    public Task SendAsync(LinkFrame frame, CancellationToken cancellationToken) =>
        SendAsync(LinkFrameWriter.ToUtf8(frame), cancellationToken);

    /// <summary>Sends a frame that is already written.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, cancellationToken).ConfigureAwait(false);
        }
        catch (WebSocketException e)
        {
            throw new LinkException("the connection broke", e);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Receives the next frame.</summary>
    /// <exception cref="LinkException">The connection ended, or what came is no frame.</exception>
    public async Task<LinkFrame> ReceiveAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var part = await ReceivePartAsync(_buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (part.MessageType != WebSocketMessageType.Text)
                throw new LinkException(part.MessageType == WebSocketMessageType.Close ? $"closed by the server {Close()}" : "not a text frame");
            length += part.Count;
            if (part.EndOfMessage)
                break;
            if (length > LinkLimits.MaxFrameBytes)
                throw new LinkException("a frame of the server is too large");
            if (length == _buffer.Length)
                Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        return LinkFrameReader.TryRead(_buffer.AsMemory(0, length), out var frame, out var refusal)
            ? frame!
            : throw new LinkException($"a frame of the server is not understood: {refusal.Message}");
    }

    /// <summary>Says goodbye; the server does not answer to it here, and one that is gone is none the wiser.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "the edge stops", cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _sending.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<ValueWebSocketReceiveResult> ReceivePartAsync(Memory<byte> into, CancellationToken cancellationToken)
    {
        try
        {
            return await _socket.ReceiveAsync(into, cancellationToken).ConfigureAwait(false);
        }
        catch (WebSocketException e)
        {
            throw new LinkException("the connection broke", e);
        }
    }

    private string Close() => $"({(int?)_socket.CloseStatus} {_socket.CloseStatusDescription})";

    // What the system says of a certificate is at the end of the chain, behind "see inner exception".
    private static string Reason(Exception e)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
        {
            if (cause is AuthenticationException)
                return $"its certificate is not trusted ({cause.Message.TrimEnd('.')}). certificateThumbprint or certificateFile names one that is";
        }

        return (e.InnerException ?? e).Message;
    }
}
