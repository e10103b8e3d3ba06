using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Dwapi.Edge.Mdns;

/// <summary>
/// Asks the network once who offers a service (RFC 6762 5.1, RFC 6763), over IPv4. Nothing is announced and nothing kept; what answers is not
/// proven to be what it says.
/// </summary>
internal sealed class MdnsQuerier(TimeProvider time)
{
    private const int Port = 5353;
    private const int NearestHops = 255;

    private static readonly IPAddress Group = IPAddress.Parse("224.0.0.251");

    // Answers are late by chance, and packets get lost (RFC 6762 5.2).
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(750), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];

    /// <summary>Addresses of the interfaces that lead to a network.</summary>
    public static IReadOnlyList<IPAddress> Interfaces() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network is { OperationalStatus: OperationalStatus.Up, SupportsMulticast: true } && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(address => address.Address)
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork),
    ];

    /// <summary>Asks until cancelled.</summary>
    /// <param name="services">The services.</param>
    /// <param name="interfaces">Addresses of our interfaces on which to ask.</param>
    /// <param name="found">Told of all that is known whenever more is.</param>
    /// <param name="cancellationToken">Ends it; that is no fault.</param>
    /// <returns>Those who answered.</returns>
    /// <exception cref="SocketException">On no interface a question could be asked.</exception>
    public async Task<IReadOnlyList<MdnsInstance>> AskAsync(
        IReadOnlyList<DnsName> services, IReadOnlyList<IPAddress> interfaces, Action<IReadOnlyList<MdnsInstance>> found, CancellationToken cancellationToken)
    {
        var findings = new MdnsFindings(services);
        var sockets = Open(interfaces);
        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var listening = sockets.SelectMany(pair => (Socket?[])[pair.Asking, pair.Listening]).OfType<Socket>()
                .Select(socket => ListenAsync(socket, findings, found, stop.Token)).ToArray();
            await RepeatAsync([.. sockets.Select(pair => pair.Asking)], services, findings, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(listening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            foreach (var (asking, listening) in sockets)
            {
                asking.Dispose();
                listening?.Dispose();
            }
        }

        lock (findings)
            return findings.Instances();
    }

    private async Task RepeatAsync(IReadOnlyList<Socket> sockets, IReadOnlyList<DnsName> services, MdnsFindings findings, CancellationToken cancellationToken)
    {
        for (var round = 0; ; round++)
        {
            (DnsName, DnsType)[] questions;
            lock (findings)
                questions = [.. services.Select(service => (service, DnsType.Ptr)), .. findings.Missing()];
            foreach (var socket in sockets)
                await SendAsync(socket, DnsQuery.Write(questions), cancellationToken).ConfigureAwait(false);
            await Task.Delay(Pauses[Math.Min(round, Pauses.Length - 1)], time, cancellationToken).ConfigureAwait(false);
        }
    }

    // An interface that goes down in between is one that nobody answers on.
    private static async Task SendAsync(Socket socket, byte[] query, CancellationToken cancellationToken)
    {
        try
        {
            await socket.SendToAsync(query, SocketFlags.None, new IPEndPoint(Group, Port), cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException)
        {
        }
    }

    private static async Task ListenAsync(Socket socket, MdnsFindings findings, Action<IReadOnlyList<MdnsInstance>> found, CancellationToken cancellationToken)
    {
        // A byte more than the largest, so that one that is too large is seen to be.
        var buffer = new byte[DnsReader.LargestMessage + 1];
        while (true)
        {
            try
            {
                var length = await socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken).ConfigureAwait(false);
                var records = DnsReader.Read(buffer.AsSpan(0, length));
                lock (findings)
                {
                    if (findings.Take(records))
                        found(findings.Instances());
                }
            }
            catch (Exception e) when (e is MdnsFormatException or SocketException)
            {
                // Somebody else's nonsense, or word of a question that did not arrive: others still answer.
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private static List<(Socket Asking, Socket? Listening)> Open(IReadOnlyList<IPAddress> interfaces)
    {
        var sockets = new List<(Socket, Socket?)>();
        SocketException? fault = null;
        foreach (var address in interfaces)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                socket.Bind(new IPEndPoint(address, 0));
                socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, address.GetAddressBytes());
                socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, NearestHops);
                sockets.Add((socket, Listener(address)));
            }
            catch (SocketException e)
            {
                fault = e;
                socket.Dispose();
            }
        }

        return sockets.Count > 0 ? sockets : throw fault ?? new SocketException((int)SocketError.NetworkUnreachable);
    }

    // Some devices answer to the group whatever they are asked. Bound to the group alone, so that nothing is taken from a responder of this machine;
    // where that cannot be, their answers are not heard.
    private static Socket? Listener(IPAddress address)
    {
        if (OperatingSystem.IsWindows())
            return null;
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(Group, Port));
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(Group, address));
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }
}
