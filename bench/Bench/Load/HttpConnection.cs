using System.Buffers.Text;
using System.Net.Sockets;

namespace Dwapi.Bench.Load;

/// <summary>One keep-alive HTTP/1.1 connection: writes ready-made requests and reads answers with a Content-Length.</summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[16 * 1024];

    public static async Task<HttpConnection> Open(int port)
    {
        var connection = new HttpConnection();
        await connection._socket.ConnectAsync("127.0.0.1", port);
        return connection;
    }

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <returns>The answer's bytes, good until the next call.</returns>
    public async ValueTask<ReadOnlyMemory<byte>> Exchange(ReadOnlyMemory<byte> request)
    {
        await _socket.SendAsync(request);
        var length = 0;
        var total = int.MaxValue;
        while (length < total)
        {
            if (length == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            var read = await _socket.ReceiveAsync(_buffer.AsMemory(length));
            if (read == 0)
            {
                throw new IOException("The server closed the connection.");
            }

            length += read;
            if (total == int.MaxValue)
            {
                total = LengthOf(_buffer.AsSpan(0, length));
            }
        }

        return _buffer.AsMemory(0, length);
    }

    public void Dispose() => _socket.Dispose();

    private static int LengthOf(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return int.MaxValue;
        }

        var name = "Content-Length: "u8;
        var at = answer[..end].IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(answer[(at + name.Length)..end], out int body, out _)
            ? end + 4 + body
            : throw new IOException("The answer has no Content-Length.");
    }
}
