using Dwapi.Bench.Bare;
using Dwapi.Bench.Load;
using Dwapi.Bench.Results;
using Dwapi.Bench.Servers;

namespace Dwapi.Bench.Rows;

/// <summary>
/// Measurements over the plug-in link, from the frame to the acknowledgement, per CPU second of the server: without durability against a
/// WebSocket whose JSON is scanned, durable against a bare group commit. One edge with 100 heart-rate monitors in turn, frames of the
/// largest size.
/// </summary>
internal sealed class IngestRow : IRow
{
    private const int Devices = 100;

    public string Name => "ingest";

    public string Summary => "measurements per CPU second of the server, in memory and durable";

    public async IAsyncEnumerable<Figure> Measure(BenchOptions options)
    {
        using var bare = await BareHost.Start();
        foreach (var (store, path, reach, aim) in new[] { ("memory", "", 50_000, 100_000), ("sqlite", "?commit=1", 5_000, 20_000) })
        {
            using var product = await ProductHost.Start(store);
            await using var link = await EdgeLink.Open(product.Port, "/gotapi/plugin", "bench", await product.AddEdge("bench"));
            await link.Announce(0, Devices);
            await using var baseline = await EdgeLink.Open(bare.Port, BareServer.LinkPath + path, "bench", "bench");
            var items = HeartRates.Items(Devices);
            var pairs = await Pairs.Run(
                options,
                window => IngestResult.Measure(product.Server, () => link.Flood(items, window)),
                window => IngestResult.Measure(bare.Server, () => baseline.Flood(items, window)));
            yield return Figure.OfPairs(
                Name,
                $"ingest, {(store == "memory" ? "in memory" : "durable")}",
                "items/CPU s",
                Pairs.Select(pairs, r => r.PerCpuSecond),
                Bound.ValueAtLeast(reach),
                Bound.ValueAtLeast(aim));
            yield return Figure.OfPairs(Name, "  of wall time", "items/s", Pairs.Select(pairs, r => r.PerSecond));
        }
    }
}
