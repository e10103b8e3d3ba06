using Dwapi.Bench.Load;
using Dwapi.Bench.Results;
using Dwapi.Bench.Servers;

namespace Dwapi.Bench.Rows;

/// <summary>
/// What a tenant notices of another one whose edge has ten times as much to send as its quota allows: event to socket and one-shot,
/// with the noise against without it.
/// </summary>
internal sealed class NoisyRow : IRow
{
    private const string Noisy = "noisy";
    private const int Quota = 500;
    private const int ItemsPerFrame = 10;
    private const int Devices = 100;
    private const int Connections = 2;

    public string Name => "noisy";

    public string Summary => "p99 of a tenant while another one has ten times its quota to send";

    public async IAsyncEnumerable<Figure> Measure(BenchOptions options)
    {
        using var product = await ProductHost.Start(
            settings: [$"--Tenancy:Tenants:{Noisy}:Quotas:EventsPerSecond={Quota}"]);
        await using var link = await EdgeLink.Open(product.Port, "/gotapi/plugin", "bench", await product.AddEdge("bench"));
        await link.Announce(0, 1);
        var token = await product.Authorize();
        await product.Call(OneShotRow.Target(0, token), "PUT");
        using var application = new EventReceiver(await ApplicationSocket.Open(product.Port, token));
        await link.SendOnce(HeartRates.Items(1));
        using var load = await HttpLoad.Open(product.Server, product.Port, Connections, [OneShotRow.Target(0, token)]);
        await using var noisy = await EdgeLink.Open(product.Port, "/gotapi/plugin", "bench", await product.AddEdge("bench", Noisy));
        await noisy.Announce(0, Devices);
        var items = HeartRates.Items(Devices);

        var sent = new List<double>();
        var events = await Pairs.Run(
            options,
            window => WithNoise(noisy, items, window, sent, () => EventRow.Run(link, application, window)),
            window => EventRow.Run(link, application, window));
        yield return Figure.OfPairs(
            Name, "event to socket, p99", "ms", Pairs.Select(events, r => r.Percentile(99)), Bound.RatioAtMost(1.5));

        var answers = await Pairs.Run(
            options, window => WithNoise(noisy, items, window, sent, () => load.Run(window)), load.Run);
        yield return Figure.OfPairs(
            Name, "one-shot, p99", "ms", Pairs.Select(answers, r => r.Latencies.Percentile(99)), Bound.RatioAtMost(1.5));
        yield return Figure.Of(Name, $"  taken of the noisy one (quota {Quota})", "items/s", sent, Bound.ValueAtMost(Quota * 1.5));
    }

    private static async Task<T> WithNoise<T>(
        EdgeLink noisy, System.Collections.Immutable.ImmutableArray<byte[]> items, TimeSpan window, List<double> sent, Func<Task<T>> measure)
    {
        var before = noisy.Sent;
        // Ten times the quota waits at the edge from the start, and is sent as credits come, which is a few at a time.
        var flood = noisy.Flood(items, window, ItemsPerFrame);
        var result = await measure();
        await flood;
        sent.Add((noisy.Sent - before) / window.TotalSeconds);
        return result;
    }
}
