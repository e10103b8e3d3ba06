using System.Globalization;
using Dwapi.Bench.Load;
using Dwapi.Bench.Results;
using Dwapi.Bench.Servers;

namespace Dwapi.Bench.Rows;

/// <summary>
/// A one-shot GET asked at one of two silos for devices that are all on the other one, against the same GET asked there. Both silos and the load
/// share this machine's processors: over a network the distance comes on top, and each silo has processors of its own.
/// </summary>
internal sealed class ClusterRow : IRow
{
    private const int Connections = 16;
    private const int Devices = 100;
    private const string Database = "ConnectionStrings__Dwapi";

    public string Name => "cluster";

    public string Summary => $"GET of a device on the other one of two silos; needs ActorRuntime=Orleans and an empty PostgreSQL database in {Database}";

    public async IAsyncEnumerable<Figure> Measure(BenchOptions options)
    {
        if (!ProductHost.OnOrleans || string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Database)))
        {
            await Console.Error.WriteLineAsync($"bench: {Name} is not measured. It needs ActorRuntime=Orleans and an empty PostgreSQL database in {Database}.");
            yield break;
        }

        // The devices come to life while there is one silo, and stay on it when there are two.
        using var local = await Silo();
        await using var link = await EdgeLink.Open(local.Port, "/gotapi/plugin", "bench", await local.AddEdge("bench"));
        await link.Announce(0, Devices);
        await link.SendOnce(HeartRates.Items(Devices));
        var token = await local.Authorize();
        var targets = Enumerable.Range(0, Devices).Select(d => OneShotRow.Target(d, token)).ToArray();
        using var remote = await Silo();
        await remote.Call(targets[0]);

        using var near = await HttpLoad.Open(local.Server, local.Port, Connections, targets);
        using var far = await HttpLoad.Open(remote.Server, remote.Port, Connections, targets);
        var pairs = await Pairs.Run(options, far.Run, near.Run);
        yield return Figure.OfPairs(
            Name, "one-shot GET at the other silo against its own", "requests/s", Pairs.Select(pairs, r => r.PerSecond), Bound.RatioAtLeast(0.35));
        yield return Figure.OfPairs(Name, "  p50", "ms", Pairs.Select(pairs, r => r.Latencies.Percentile(50)));
        yield return Figure.OfPairs(Name, "  p99", "ms", Pairs.Select(pairs, r => r.Latencies.Percentile(99)));
    }

    private static Task<ProductHost> Silo() => ProductHost.Start(
        store: "postgres",
        probed: false,
        string.Create(CultureInfo.InvariantCulture, $"--Dwapi:Cluster:SiloPort={ServerProcess.FreePort()}"),
        string.Create(CultureInfo.InvariantCulture, $"--Dwapi:Cluster:GatewayPort={ServerProcess.FreePort()}"));
}
