using Dwapi.Bench.Load;
using Dwapi.Bench.Results;
using Dwapi.Bench.Servers;

namespace Dwapi.Bench.Rows;

/// <summary>What an open GotAPI-5 socket costs when nothing happens: each is an application's own, with session, handshake and pings.</summary>
internal sealed class SocketRow : IRow
{
    private const int ClientsPerOrigin = 100;
    private const int Kilobyte = 1024;

    // What a server keeps of an application that has just called is not what an idle socket costs.
    private static readonly TimeSpan IdleAfter = TimeSpan.FromSeconds(25);

    public string Name => "socket";

    public string Summary => "memory of an idle application socket";

    public async IAsyncEnumerable<Figure> Measure(BenchOptions options)
    {
        using var host = await ProductHost.Start();
        using var bare = await BareHost.Start();
        var (heap, workingSet) = await Cost(host.Server, options.IdleSockets, i => Open(host, $"http://localhost:{i / ClientsPerOrigin}"));
        var (bareHeap, bareWorkingSet) = await Cost(bare.Server, options.IdleSockets, _ => ApplicationSocket.OpenBare(bare.Port));
        yield return Figure.OfPairs(
            Name, $"idle socket at {options.IdleSockets:N0}, GC heap", "KB", [(heap, bareHeap)], Bound.ValueAtMost(16), Bound.ValueAtMost(13));
        yield return Figure.OfPairs(
            Name, "  working set", "KB", [(workingSet, bareWorkingSet)], Bound.ValueAtMost(16), Bound.ValueAtMost(13));
    }

    private static async Task<(double Heap, double WorkingSet)> Cost(ServerProcess server, int count, Func<int, Task<WebSocketConnection>> open)
    {
        var sockets = new List<WebSocketConnection>();
        try
        {
            // The first ones warm up code and pools.
            await Open(0, count / 10);
            await Task.Delay(IdleAfter);
            var before = await server.MemoryAsync();
            await Open(count / 10, count - (count / 10));
            await Task.Delay(IdleAfter);
            var after = await server.MemoryAsync();
            double added = count - (count / 10);
            return ((after.Heap - before.Heap) / added / Kilobyte, (after.WorkingSet - before.WorkingSet) / added / Kilobyte);
        }
        finally
        {
            sockets.ForEach(s => s.Dispose());
        }

        async Task Open(int first, int more)
        {
            // A few at a time.
            foreach (var some in Enumerable.Range(first, more).Chunk(4))
            {
                foreach (var socket in await Task.WhenAll(some.Select(open)))
                {
                    sockets.Add(socket);
                    _ = KeepAlive(socket);
                }
            }
        }
    }

    // Every origin has as many clients as it may have.
    private static async Task<WebSocketConnection> Open(ProductHost host, string origin) =>
        await ApplicationSocket.Open(host.Port, await host.Authorize(signed: false, origin), origin);

    private static async Task KeepAlive(WebSocketConnection socket)
    {
        try
        {
            while (true)
            {
                await socket.Receive();
            }
        }
        catch (Exception end) when (end is IOException or System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            // The row has ended.
        }
    }
}
