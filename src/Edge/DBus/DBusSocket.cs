using System.Net.Sockets;
using System.Text;

namespace Dwapi.Edge.DBus;

/// <summary>The socket to a bus: authentication as the owner of the process, then whole messages.</summary>
internal sealed class DBusSocket : IDisposable
{
    private const int MaxLine = 1024;

    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly SemaphoreSlim _writing = new(1);

    private DBusSocket(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket);
    }

    /// <summary>Connects and authenticates.</summary>
    /// <exception cref="DBusDisconnectedException">There is no bus, or it refuses this user.</exception>
    public static async Task<DBusSocket> OpenAsync(DBusAddress address, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(address.EndPoint, cancellationToken).ConfigureAwait(false);
            var opened = new DBusSocket(socket);
            await opened.AuthenticateAsync(cancellationToken).ConfigureAwait(false);
            return opened;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            socket.Dispose();
            throw new DBusDisconnectedException($"No bus at {address.Text} ({e.Message}). Is dbus-daemon running, and may this user use it?", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The next message.</summary>
    /// <exception cref="DBusException">The bus hung up, or sent no message.</exception>
    public async Task<DBusMessage> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            var start = new byte[DBusMessageFormat.FixedLength];
            await _stream.ReadExactlyAsync(start, cancellationToken).ConfigureAwait(false);
            var bytes = new byte[DBusMessageFormat.LengthOf(start)];
            start.CopyTo(bytes, 0);
            await _stream.ReadExactlyAsync(bytes.AsMemory(start.Length), cancellationToken).ConfigureAwait(false);
            return DBusMessageFormat.Read(bytes);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            throw new DBusDisconnectedException("The bus hung up.", e);
        }
    }

    /// <summary>Sends a message whole, whatever the callers' order.</summary>
    /// <exception cref="DBusDisconnectedException">The connection has ended.</exception>
    public async Task SendAsync(DBusMessage message)
    {
        var bytes = DBusMessageFormat.Write(message);

        // Not cancellable: half a message would end the connection for everybody.
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            await _stream.WriteAsync(bytes).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            throw new DBusDisconnectedException("The bus hung up.", e);
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    private async Task AuthenticateAsync(CancellationToken cancellationToken)
    {
        // No user id is claimed: the bus takes the one that the kernel gives it with the socket, which is also right in a container
        // that maps ids.
        await LineAsync("\0AUTH EXTERNAL", cancellationToken).ConfigureAwait(false);
        if (await AnswerAsync(cancellationToken).ConfigureAwait(false) is var asked && !asked.StartsWith("DATA", StringComparison.Ordinal))
            throw Refused(asked);
        await LineAsync("DATA", cancellationToken).ConfigureAwait(false);
        if (await AnswerAsync(cancellationToken).ConfigureAwait(false) is var answer && !answer.StartsWith("OK ", StringComparison.Ordinal))
            throw Refused(answer);
        await LineAsync("BEGIN", cancellationToken).ConfigureAwait(false);
    }

    private static DBusDisconnectedException Refused(string answer) =>
        new($"The bus does not authenticate this process by its user (EXTERNAL): {answer}.");

    private async Task LineAsync(string line, CancellationToken cancellationToken) =>
        await _stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), cancellationToken).ConfigureAwait(false);

    private async Task<string> AnswerAsync(CancellationToken cancellationToken)
    {
        // Byte by byte: what follows the line is not text any more.
        var line = new List<byte>();
        var one = new byte[1];
        while (line.Count < MaxLine)
        {
            await _stream.ReadExactlyAsync(one, cancellationToken).ConfigureAwait(false);
            line.Add(one[0]);
            if (line is [.., (byte)'\r', (byte)'\n'])
                return Encoding.ASCII.GetString([.. line]).TrimEnd();
        }

        throw new DBusDisconnectedException("The bus does not end its line.");
    }
}
