using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Dwapi.Bench.Load;

/// <summary>
/// A WebSocket client that costs little beside the server that is measured: no masking work (the mask is 0), no copies, frames are
/// counted without looking into them.
/// </summary>
internal sealed class WebSocketConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly byte[] _head = new byte[14];
    private byte[] _buffer;
    private int _start;
    private int _end;

    private WebSocketConnection(int bufferSize) => _buffer = new byte[bufferSize];

    /// <summary>Connects and upgrades.</summary>
    /// <param name="port">Port on loopback.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="origin">Origin of an application, null for an edge.</param>
    /// <param name="bufferSize">First size of the receive buffer.</param>
    public static async Task<WebSocketConnection> Open(int port, string path, string? origin, int bufferSize = 4096)
    {
        var connection = new WebSocketConnection(bufferSize);
        await connection._socket.ConnectAsync("127.0.0.1", port);
        var originHeader = origin is null ? "" : $"Origin: {origin}\r\n";
        await connection._socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{originHeader}Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==\r\n\r\n"));
        int end;
        while ((end = connection.Unread.Span.IndexOf("\r\n\r\n"u8)) < 0)
        {
            await connection.ReadMore();
        }

        var answer = Encoding.ASCII.GetString(connection.Unread.Span[..end]);
        connection._start += end + 4;
        return answer.StartsWith("HTTP/1.1 101", StringComparison.Ordinal) ? connection : throw new IOException("No upgrade: " + answer);
    }

    private ReadOnlyMemory<byte> Unread => _buffer.AsMemory(_start, _end - _start);

    /// <summary>Sends a text message.</summary>
    public Task Send(ReadOnlyMemory<byte> message) => Send(0x81, message);

    /// <summary>Sends a text message.</summary>
    public Task Send(string message) => Send(0x81, Encoding.UTF8.GetBytes(message));

    /// <summary>Reads the next message; pings are answered on the way.</summary>
    /// <returns>Its bytes, good until the next call.</returns>
    public async ValueTask<ReadOnlyMemory<byte>> Receive()
    {
        while (true)
        {
            if (TryTake(out var opcode, out var payload))
            {
                switch (opcode)
                {
                    case 1:
                        return payload;
                    case 8:
                        throw new IOException("The server closed the socket: " + Encoding.UTF8.GetString(payload.Span));
                    case 9:
                        await Send(0x8A, payload);
                        break;
                }
            }
            else
            {
                await ReadMore();
            }
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _sending.Dispose();
    }

    private async Task Send(byte first, ReadOnlyMemory<byte> message)
    {
        await _sending.WaitAsync();
        try
        {
            _head[0] = first;
            var length = 2;
            if (message.Length < 126)
            {
                _head[1] = (byte)(0x80 | message.Length);
            }
            else if (message.Length <= ushort.MaxValue)
            {
                _head[1] = 0x80 | 126;
                BinaryPrimitives.WriteUInt16BigEndian(_head.AsSpan(2), (ushort)message.Length);
                length = 4;
            }
            else
            {
                _head[1] = 0x80 | 127;
                BinaryPrimitives.WriteUInt64BigEndian(_head.AsSpan(2), (ulong)message.Length);
                length = 10;
            }

            // The mask: four zeros.
            _head.AsSpan(length, 4).Clear();
            List<ArraySegment<byte>> parts = [new(_head, 0, length + 4)];
            if (System.Runtime.InteropServices.MemoryMarshal.TryGetArray(message, out var payload) && payload.Count > 0)
            {
                parts.Add(payload);
            }

            var total = length + 4 + message.Length;
            var sent = await _socket.SendAsync(parts, SocketFlags.None);
            if (sent != total)
            {
                throw new IOException("A message was sent in part.");
            }
        }
        finally
        {
            _sending.Release();
        }
    }

    private bool TryTake(out int opcode, out ReadOnlyMemory<byte> payload)
    {
        opcode = 0;
        payload = default;
        var unread = Unread.Span;
        if (unread.Length < 2)
        {
            return false;
        }

        long length = unread[1] & 0x7F;
        var head = 2;
        if (length == 126)
        {
            head = 4;
            length = unread.Length < head ? int.MaxValue : BinaryPrimitives.ReadUInt16BigEndian(unread[2..]);
        }
        else if (length == 127)
        {
            head = 10;
            length = unread.Length < head ? int.MaxValue : BinaryPrimitives.ReadInt64BigEndian(unread[2..]);
        }

        if (unread.Length < head + length)
        {
            return false;
        }

        if ((unread[0] & 0x80) == 0)
        {
            throw new IOException("The server sent a message in parts.");
        }

        opcode = unread[0] & 0x0F;
        payload = Unread.Slice(head, (int)length);
        _start += head + (int)length;
        return true;
    }

    private async ValueTask ReadMore()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_end == _buffer.Length)
        {
            if (_start == 0)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            (_start, _end) = (0, _end - _start);
        }

        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_end));
        if (read == 0)
        {
            throw new IOException("The server closed the connection.");
        }

        _end += read;
    }
}
