using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Dwapi.EndToEnd.Tests.Faults;

/// <summary>Ports of loopback for those who have to know theirs before they listen: processes that are started again on the same one, silos.</summary>
internal static class FreePort
{
    // Tests run beside each other: a port is free until the process that it was given to has started.
    private static readonly ConcurrentDictionary<int, bool> Given = [];

    // Below the ephemeral ports: a client that keeps trying a dead ephemeral port on loopback can get it as its own and connect to itself.
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                if (Given.TryAdd(port, true))
                {
                    return port;
                }
            }
            catch (SocketException)
            {
            }
        }
    }
}
