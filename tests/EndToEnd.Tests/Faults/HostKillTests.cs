using Dwapi.Edge.Link;

namespace Dwapi.EndToEnd.Tests.Faults;

/// <summary>kill -9 of the host under 1,000 measurements a second, at random moments.</summary>
public sealed class HostKillTests
{
    private const int Rate = 1_000;
    private static readonly Ward TheWard = new(20);

    [Fact(Timeout = 1_800_000)]
    public async Task Kill_AtRandomMoments_EverythingAcknowledgedIsThereOnceAndTheRestArrives()
    {
        await using var host = new HostProcess();
        await host.StartAsync();
        using var server = host.Operator();
        await using var feed = new WardFeed(TheWard, Rate, Path.Combine(host.DataDirectory, "capture"));
        await using var edge = await FaultWard.Edge(server, host.Link, feed.Path, Path.Combine(host.DataDirectory, "edge"));
        await edge.StartAsync(TestContext.Current.CancellationToken);
        var ledger = new Ledger(server, TheWard);

        for (var kill = 1; kill <= LongTests.Kills; kill++)
        {
            await edge.WaitForLinkAsync(LinkState.Up, TestContext.Current.CancellationToken);
            await Task.Delay(Random.Shared.Next(1, 1_000), TestContext.Current.CancellationToken);
            await host.KillAsync();
            await edge.WaitForLinkAsync(LinkState.Down, TestContext.Current.CancellationToken);
            var acknowledged = edge.Status.Acknowledged;

            await host.StartAsync();

            await ledger.HoldsAtLeast(acknowledged);
        }

        await feed.EndAsync();
        await edge.DrainAsync(TestContext.Current.CancellationToken);
        Assert.Equal(feed.Lines, edge.Status.Last);
        Assert.Equal(0, edge.Status.Lost);
        await new Ledger(server, TheWard).HoldsExactly(feed.Lines);
        TestContext.Current.TestOutputHelper!.WriteLine($"{feed.Lines} measurements, {LongTests.Kills} kills");
    }
}
