using System.Net;
using System.Net.Sockets;
using System.Text;
using Dwapi.Edge.Tests.Support;

namespace Dwapi.Edge.Tests.Printers.Scripted;

/// <summary>Answers every request with one and the same status, at next to no cost: what is measured beside it is the edge.</summary>
internal sealed class CannedPrusaLink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly byte[] _answer;
    private readonly Task _accepting;
    private (long Count, TaskCompletionSource Reached) _wanted = (long.MaxValue, new());
    private long _asked;

    public CannedPrusaLink(string state)
    {
        var body = $$$"""{"printer":{"state":"{{{state}}}","temp_nozzle":214.9,"target_nozzle":215.0,"temp_bed":59.5,"target_bed":60.0,"axis_z":0.5,"flow":100,"speed":100,"fan_hotend":0,"fan_print":0},"storage":{"path":"/usb/","name":"usb","read_only":false}}""";
        _answer = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        _listener.Start(1000);
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    public long Asked => Interlocked.Read(ref _asked);

    /// <summary>Ends after so many more requests.</summary>
    public Task MoreAsync(long more)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _wanted = (Asked + more, reached);
        return reached.Task.WaitAsync(Patience.Limit);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
            _ = ServeAsync(await _listener.AcceptSocketAsync(_stop.Token));
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            var buffer = new byte[4096];
            try
            {
                // A question fits into one packet here.
                while (await socket.ReceiveAsync(buffer, _stop.Token) > 0)
                {
                    await socket.SendAsync(_answer, _stop.Token);
                    if (Interlocked.Increment(ref _asked) == _wanted.Count)
                        _wanted.Reached.TrySetResult();
                }
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
            }
        }
    }
}
