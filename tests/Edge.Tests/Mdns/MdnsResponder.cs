using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dwapi.Edge.Tests.Mdns;

/// <summary>A responder on the loopback's multicast that answers by what the test says.</summary>
internal sealed class MdnsResponder : IAsyncDisposable
{
    private static readonly IPAddress Group = IPAddress.Parse("224.0.0.251");

    private readonly Socket _socket;
    private readonly Func<string, byte[]?> _answer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private readonly bool _toGroup;

    private MdnsResponder(Socket socket, Func<string, byte[]?> answer, bool toGroup)
    {
        (_socket, _answer, _toGroup) = (socket, answer, toGroup);
        _running = RunAsync();
    }

    /// <summary>Starts one, or skips the test where the loopback has no multicast.</summary>
    /// <param name="answer">The answer to a question: type and name, for example <c>12 _octoprint._tcp.local</c>; null for none.</param>
    /// <param name="toGroup">True: it answers to everybody, as simple devices do.</param>
    public static MdnsResponder Start(Func<string, byte[]?> answer, bool toGroup = false)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(OperatingSystem.IsWindows() ? IPAddress.Any : Group, 5353));
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(Group, IPAddress.Loopback));
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.Loopback.GetAddressBytes());
            var probe = Encoding.ASCII.GetBytes($"probe {Guid.NewGuid()}");
            socket.SendTo(probe, new IPEndPoint(Group, 5353));
            socket.ReceiveTimeout = 2000;
            var buffer = new byte[9000];
            while (!buffer.AsSpan(0, socket.Receive(buffer)).SequenceEqual(probe))
            {
            }
        }
        catch (SocketException e)
        {
            socket.Dispose();
            Assert.Skip($"the loopback has no multicast here: {e.Message}");
        }

        return new MdnsResponder(socket, answer, toGroup);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var buffer = new byte[9000];
        while (true)
        {
            var came = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
            foreach (var question in Questions(buffer.AsSpan(0, came.ReceivedBytes)))
            {
                if (_answer(question) is { } answer)
                    await _socket.SendToAsync(answer, SocketFlags.None, _toGroup ? new IPEndPoint(Group, 5353) : came.RemoteEndPoint, _stop.Token);
            }
        }
    }

    // Questions of the querier are plain: no pointers, one kind of class.
    private static List<string> Questions(ReadOnlySpan<byte> message)
    {
        var questions = new List<string>();
        if (message.Length < 12 || (message[2] & 0x80) != 0 || message.StartsWith("probe"u8))
            return questions;
        var at = 12;
        for (var count = message[4] << 8 | message[5]; count > 0; count--)
        {
            var name = new List<string>();
            for (; message[at] != 0; at += 1 + message[at])
                name.Add(Encoding.UTF8.GetString(message.Slice(at + 1, message[at])));
            questions.Add($"{message[at + 1] << 8 | message[at + 2]} {string.Join('.', name)}");
            at += 5;
        }

        return questions;
    }
}
