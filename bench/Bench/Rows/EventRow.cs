using Dwapi.Bench.Bare;
using Dwapi.Bench.Load;
using Dwapi.Bench.Results;
using Dwapi.Bench.Servers;

namespace Dwapi.Bench.Rows;

/// <summary>
/// From a device's event on the plug-in link to the application's WebSocket, durable in between, 100 events a second; against one bare
/// commit and a channel in front of a WebSocket.
/// </summary>
internal sealed class EventRow : IRow
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(10);

    public string Name => "event";

    public string Summary => "device event to application WebSocket at 100 events/s: p50, p99";

    public async IAsyncEnumerable<Figure> Measure(BenchOptions options)
    {
        using var product = await ProductHost.Start();
        await using var link = await EdgeLink.Open(product.Port, "/gotapi/plugin", "bench", await product.AddEdge("bench"));
        await link.Announce(0, 1);
        var token = await product.Authorize();
        await product.Call(OneShotRow.Target(0, token), "PUT");
        using var application = new EventReceiver(await ApplicationSocket.Open(product.Port, token));
        using var bare = await BareHost.Start();
        await using var bareLink = await EdgeLink.Open(bare.Port, BareServer.LinkPath + "?commit=1", "bench", "bench");
        using var bareApplication = new EventReceiver(await ApplicationSocket.OpenBare(bare.Port));

        var pairs = await Pairs.Run(options, window => Run(link, application, window), window => Run(bareLink, bareApplication, window));
        yield return Figure.OfPairs(
            Name, "event to socket, p50", "ms", Pairs.Select(pairs, r => r.Percentile(50)), Bound.ValueAtMost(ProductHost.OnOrleans ? 10 : 1));
        yield return Figure.OfPairs(
            Name, "  p50 against the bare one", "ms", Pairs.Select(pairs, r => r.Percentile(50)), Bound.RatioAtMost(4), Bound.RatioAtMost(2));
        yield return Figure.OfPairs(
            Name, "  p99", "ms", Pairs.Select(pairs, r => r.Percentile(99)), Bound.ValueAtMost(ProductHost.OnOrleans ? 25 : 10));
    }

    /// <summary>Sends 100 events a second for a time and waits for all of them.</summary>
    public static async Task<Latencies> Run(EdgeLink link, EventReceiver application, TimeSpan window)
    {
        var events = (int)(window / Period);
        using var timer = new PeriodicTimer(Period);
        var last = 0L;
        for (var i = 0; i < events; i++)
        {
            await timer.WaitForNextTickAsync();

            // The time of reception tells the events apart.
            last = Math.Max(last + 1, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
            var item = HeartRates.Item(0, DateTimeOffset.FromUnixTimeMilliseconds(last));
            application.Expect(last);
            await link.Send(item);
        }

        var latencies = await application.Take(events);
        await link.Settled();
        return latencies;
    }
}
