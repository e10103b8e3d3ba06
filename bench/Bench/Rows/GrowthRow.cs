using System.Collections.Immutable;
using Dwapi.Bench.Load;
using Dwapi.Bench.Results;
using Dwapi.Bench.Servers;

namespace Dwapi.Bench.Rows;

/// <summary>
/// What becomes of the one-shot, of ingest and of a page of discovery when the fleet grows; and what an idle device costs. The baseline is
/// the same host with the small fleet. Every device has sent one measurement, so every grain is there.
/// </summary>
internal sealed class GrowthRow : IRow
{
    private const int Connections = 16;
    private const int Page = 100;
    private const int Kilobyte = 1024;

    public string Name => "growth";

    public string Summary => "1,000 to 100,000 devices: GET, ingest, discovery; memory of an idle device";

    public async IAsyncEnumerable<Figure> Measure(BenchOptions options)
    {
        using var small = await ProductHost.Start();
        using var large = await ProductHost.Start();
        await using var smallLink = await EdgeLink.Open(small.Port, "/gotapi/plugin", "bench", await small.AddEdge("bench"));
        await using var largeLink = await EdgeLink.Open(large.Port, "/gotapi/plugin", "bench", await large.AddEdge("bench"));
        var few = HeartRates.Items(options.FewDevices);
        var many = HeartRates.Items(options.ManyDevices);
        await Grow(smallLink, 0, few);

        // The first devices warm up code and pools; the rest is what is measured.
        await Grow(largeLink, 0, many[..options.FewDevices]);
        var before = await large.Server.MemoryAsync();
        await Grow(largeLink, options.FewDevices, many[options.FewDevices..]);
        var after = await large.Server.MemoryAsync();
        double added = options.ManyDevices - options.FewDevices;
        yield return Figure.Of(
            Name, $"idle device at {options.ManyDevices:N0}, GC heap", "KB", [(after.Heap - before.Heap) / added / Kilobyte], Bound.ValueAtMost(4), Bound.ValueAtMost(2.5));
        yield return Figure.Of(
            Name, "  working set", "KB", [(after.WorkingSet - before.WorkingSet) / added / Kilobyte], Bound.ValueAtMost(4), Bound.ValueAtMost(2.5));

        using var smallLoad = await Load(small, options.FewDevices);
        using var largeLoad = await Load(large, options.ManyDevices);
        var gets = await Pairs.Run(options, largeLoad.Run, smallLoad.Run);
        yield return Figure.OfPairs(
            Name, $"{options.FewDevices:N0} -> {options.ManyDevices:N0} devices: GET p99", "ms", Pairs.Select(gets, r => r.Latencies.Percentile(99)), Bound.RatioAtMost(1.5), Bound.RatioAtMost(1.2));
        yield return Figure.OfPairs(Name, "  GET per server CPU second", "requests", Pairs.Select(gets, r => r.PerCpuSecond));

        var ingests = await Pairs.Run(
            options,
            window => IngestResult.Measure(large.Server, () => largeLink.Flood(many, window)),
            window => IngestResult.Measure(small.Server, () => smallLink.Flood(few, window)));
        yield return Figure.OfPairs(
            Name, "  ingest, durable, a device an item", "items/s", Pairs.Select(ingests, r => r.PerSecond), Bound.RatioAtLeast(0.8), Bound.RatioAtLeast(0.9));
        yield return Figure.OfPairs(Name, "  the same per server CPU second", "items", Pairs.Select(ingests, r => r.PerCpuSecond));

        using var smallPage = await Pages(small);
        using var largePage = await Pages(large);
        var pages = await Pairs.Run(options, largePage.Run, smallPage.Run);
        yield return Figure.OfPairs(
            Name, $"  one page of discovery ({Page})", "ms", Pairs.Select(pages, r => r.Latencies.Percentile(50)), Bound.RatioAtMost(1.5), Bound.RatioAtMost(1.2));
    }

    private static async Task Grow(EdgeLink link, int first, ImmutableArray<byte[]> items)
    {
        await link.Announce(first, items.Length);
        await link.SendOnce(items);
    }

    // A sample of the whole fleet: every device in it is asked about equally often.
    private static async Task<HttpLoad> Load(ProductHost host, int devices)
    {
        var token = await host.Authorize();
        return await HttpLoad.Open(
            host.Server, host.Port, Connections, Enumerable.Range(0, Math.Min(devices, 20_000)).Select(i => OneShotRow.Target((int)((long)i * devices / Math.Min(devices, 20_000)), token)));
    }

    private static async Task<HttpLoad> Pages(ProductHost host)
    {
        var token = await host.Authorize();
        return await HttpLoad.Open(host.Server, host.Port, 1, [$"/gotapi/serviceDiscovery?limit={Page}&accessToken={Uri.EscapeDataString(token)}"]);
    }
}
