using System.Diagnostics;
using Dwapi.EndToEnd.Tests.Faults;

namespace Dwapi.Cluster.Tests.Chaos;

/// <summary>kill -9 of silos, web nodes and edges at random, lines cut and silent, under live measurements and live sockets.</summary>
[Collection(nameof(ChaosCluster))] // one cluster at a time
public sealed class ChaosTests
{
    private static readonly string[] Kinds = ["silo", "web node", "edge", "cut line", "silent line"];

    [Fact(Timeout = 1_800_000)]
    public async Task KillsAndCuts_AtRandom_LoseNothingDoubleNothingAndEveryoneIsBack()
    {
        Assert.SkipUnless(ChaosForm.Wanted, ChaosForm.Why);
        await using var cluster = await ChaosCluster.StartAsync(ChaosForm.Sockets, ChaosForm.RateOfAnEdge);
        var begun = Stopwatch.GetTimestamp();
        foreach (var kind in Faults(() => Stopwatch.GetElapsedTime(begun)))
        {
            cluster.Report.Count(kind);
            await Happen(cluster, kind);
            await Task.Delay(Random.Shared.Next(0, 3_000), TestContext.Current.CancellationToken);
        }

        await cluster.HoldsEverythingAsync();
        Assert.True(cluster.Report.SlowestReturn <= ChaosForm.ApplicationsReturn, cluster.Report.ToString());
        Assert.True(cluster.Report.SlowestAnswer <= ChaosForm.DevicesAnswer, cluster.Report.ToString());
    }

    // All kinds in an order of chance, again and again.
    private static IEnumerable<string> Faults(Func<TimeSpan> elapsed)
    {
        for (var round = 0; LongTests.Wanted ? elapsed() < ChaosForm.Duration : round < 2; round++)
        {
            var kinds = Kinds.ToArray();
            Random.Shared.Shuffle(kinds);
            foreach (var kind in kinds)
            {
                yield return kind;
            }
        }
    }

    private static Task Happen(ChaosCluster cluster, string kind) => kind switch
    {
        "silo" => KillSilo(cluster),
        "web node" => KillWeb(cluster),
        "edge" => KillEdge(cluster),
        "cut line" => CutLine(cluster),
        _ => Silence(cluster),
    };

    private static async Task KillSilo(ChaosCluster cluster)
    {
        var silo = OneOf(cluster.Processes.Silos);
        await silo.KillAsync();
        await cluster.AllAnswerAsync(cluster.Report.Answered);
        await silo.StartAsync();
    }

    private static async Task KillWeb(ChaosCluster cluster)
    {
        var web = OneOf(cluster.Processes.Webs);
        await web.KillAsync();
        await AWhile();
        await web.StartAsync();
    }

    private static async Task KillEdge(ChaosCluster cluster)
    {
        var edge = OneOf(cluster.Edges);
        await edge.KillAsync();
        await edge.StartAsync();
    }

    private static async Task CutLine(ChaosCluster cluster)
    {
        var line = OneOf(cluster.Edges).Line;
        line.Cut();
        await AWhile();
        line.Mend();
    }

    // Both ends find out by themselves, while the next faults happen.
    private static Task Silence(ChaosCluster cluster)
    {
        OneOf(cluster.Edges).Line.FallSilent();
        return Task.CompletedTask;
    }

    private static T OneOf<T>(IReadOnlyList<T> all) => all[Random.Shared.Next(all.Count)];

    private static Task AWhile() => Task.Delay(Random.Shared.Next(0, 5_000), TestContext.Current.CancellationToken);
}
