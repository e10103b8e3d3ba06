using System.Net;
using System.Net.Sockets;

namespace Dwapi.EndToEnd.Tests.Faults;

/// <summary>
/// The line between an edge and the host, in the test's hand: it can be cut, and it can fall silent without a word (no FIN). Of several hosts
/// each new connection gets the next one, dead or not: a simple balancer.
/// </summary>
internal sealed class LinkProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int[] _targets;
    private readonly Lock _lock = new();
    private readonly List<Line> _lines = [];
    private readonly Task _accepting;
    private bool _cut;

    public LinkProxy(params IEnumerable<Uri> hosts)
    {
        _targets = [.. hosts.Select(host => host.Port)];
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Link => new($"ws://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Connections that were made, also those that were cut at once.</summary>
    public int Connections { get; private set; }

    /// <summary>Ends every connection, and every new one, until <see cref="Mend"/>.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            _cut = true;
            _lines.ForEach(line => line.Close());
            _lines.Clear();
        }
    }

    /// <summary>New connections get through again.</summary>
    public void Mend()
    {
        lock (_lock)
        {
            _cut = false;
        }
    }

    /// <summary>The present connections carry nothing any more, in either direction, and stay open; new ones work.</summary>
    public void FallSilent()
    {
        lock (_lock)
        {
            _lines.ForEach(line => line.IsSilent = true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        Cut();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket accepted;
            try
            {
                accepted = await _listener.AcceptSocketAsync();
            }
            catch (SocketException)
            {
                return;
            }

            lock (_lock)
            {
                Connections++;
                if (_cut)
                {
                    accepted.Dispose();
                    continue;
                }

                _lines.Add(new Line(accepted, _targets[Connections % _targets.Length]));
            }
        }
    }

    private sealed class Line
    {
        private readonly Socket _edge;
        private readonly Socket _host = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

        public Line(Socket edge, int target)
        {
            _edge = edge;
            _edge.NoDelay = true;
            _ = RunAsync(target);
        }

        public bool IsSilent { get; set; }

        public void Close()
        {
            _edge.Dispose();
            _host.Dispose();
        }

        private async Task RunAsync(int target)
        {
            try
            {
                await _host.ConnectAsync(IPAddress.Loopback, target);
                await Task.WhenAny(PumpAsync(_edge, _host), PumpAsync(_host, _edge));
                Close();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                Close();
            }
        }

        private async Task PumpAsync(Socket from, Socket to)
        {
            var buffer = new byte[64 * 1024];
            while (await from.ReceiveAsync(buffer) is > 0 and var length)
            {
                // A cut cable takes the bytes from the sender's view for a while, and gives nothing back.
                for (var sent = 0; sent < length && !IsSilent;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, length - sent));
                }
            }

            if (IsSilent)
            {
                await Task.Delay(Timeout.Infinite);
            }
        }
    }
}
