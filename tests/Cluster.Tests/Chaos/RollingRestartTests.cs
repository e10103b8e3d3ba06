namespace Dwapi.Cluster.Tests.Chaos;

/// <summary>Every process is stopped in order and started again, one after the other, under live measurements and live sockets.</summary>
[Collection(nameof(ChaosCluster))] // one cluster at a time
public sealed class RollingRestartTests
{
    [Fact(Timeout = 1_800_000)]
    public async Task EveryProcess_RestartedInTurn_NoApplicationMissesAnEvent()
    {
        Assert.SkipUnless(ChaosForm.Wanted, ChaosForm.Why);
        await using var cluster = await ChaosCluster.StartAsync(ChaosForm.RestartSockets, ChaosForm.RestartRateOfAnEdge);

        foreach (var node in cluster.Processes.Silos.Concat(cluster.Processes.Webs))
        {
            await node.StopAsync();
            await node.StartAsync();
        }

        foreach (var edge in cluster.Edges)
        {
            await edge.StopAsync();
            await edge.StartAsync();
        }

        await cluster.HoldsEverythingAsync();
        Assert.True(cluster.Report.SlowestReturn <= ChaosForm.ApplicationsReturn, cluster.Report.ToString());
    }
}
