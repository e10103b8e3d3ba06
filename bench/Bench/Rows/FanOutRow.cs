using System.Diagnostics;
using Dwapi.Bench.Bare;
using Dwapi.Bench.Load;
using Dwapi.Bench.Results;
using Dwapi.Bench.Servers;

namespace Dwapi.Bench.Rows;

/// <summary>One device that sends as fast as it may, 100 applications that watch it: frames that arrive, and what one costs.</summary>
internal sealed class FanOutRow : IRow
{
    private const int Sockets = 100;

    // As an edge sends live events that gather for a moment.
    private const int ItemsPerFrame = 32;

    private readonly List<Task> _reading = [];
    private long _received;

    public string Name => "fanout";

    public string Summary => "1 device to 100 sockets, unpaced: frames received";

    public async IAsyncEnumerable<Figure> Measure(BenchOptions options)
    {
        using var product = await ProductHost.Start();
        await using var link = await EdgeLink.Open(product.Port, "/gotapi/plugin", "bench", await product.AddEdge("bench"));
        await link.Announce(0, 1);
        using var bare = await BareHost.Start();
        await using var bareLink = await EdgeLink.Open(bare.Port, BareServer.LinkPath + "?commit=1", "bench", "bench");
        for (var i = 0; i < Sockets; i++)
        {
            var token = await product.Authorize(signed: false);
            await product.Call(OneShotRow.Target(0, token).Split("&nonce")[0], "PUT");
            _reading.Add(Count(await ApplicationSocket.Open(product.Port, token)));
            _reading.Add(Count(await ApplicationSocket.OpenBare(bare.Port)));
        }

        var items = HeartRates.Items(1);
        var pairs = await Pairs.Run(
            options,
            window => IngestResult.Measure(product.Server, () => Flood(link, window)),
            window => IngestResult.Measure(bare.Server, () => Flood(bareLink, window)));
        if (_reading.Find(r => r.IsCompleted) is { } broken)
        {
            await broken;
        }

        yield return Figure.OfPairs(
            Name, "1 device to 100 sockets", "frames/s", Pairs.Select(pairs, r => r.PerSecond), Bound.RatioAtLeast(0.5), Bound.RatioAtLeast(0.8));
        yield return Figure.OfPairs(Name, "  per server CPU second", "frames", Pairs.Select(pairs, r => r.PerCpuSecond));

        async Task<long> Flood(EdgeLink edge, TimeSpan window)
        {
            var before = Interlocked.Read(ref _received);
            await edge.Flood(items, window, ItemsPerFrame);
            await Quiet();
            return Interlocked.Read(ref _received) - before;
        }
    }

    // Until nothing has come for a moment; that moment is the same for both.
    private async Task Quiet()
    {
        var seen = -1L;
        var since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since) < TimeSpan.FromMilliseconds(100))
        {
            await Task.Delay(10);
            if (Interlocked.Read(ref _received) is var now && now != seen)
            {
                seen = now;
                since = Stopwatch.GetTimestamp();
            }
        }
    }

    private async Task Count(WebSocketConnection socket)
    {
        using (socket)
        {
            try
            {
                while (true)
                {
                    await socket.Receive();
                    Interlocked.Increment(ref _received);
                }
            }
            catch (System.Net.Sockets.SocketException)
            {
                // The server was stopped at the end of the row.
            }
        }
    }
}
