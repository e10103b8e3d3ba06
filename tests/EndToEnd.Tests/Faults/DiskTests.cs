using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dwapi.Edge;
using Dwapi.Edge.Link;
using Dwapi.EndToEnd.Tests.Hosts;

namespace Dwapi.EndToEnd.Tests.Faults;

/// <summary>Disks that are full or read-only, under the host and under the edge; docs/operations.md says what each looks like.</summary>
public sealed class DiskTests
{
    private const int Small = 3 * 1024;
    private const int Large = 256 * 1024;
    private static readonly Ward TheWard = new(10);

    [Fact(Timeout = 300_000)]
    public async Task HostDiskFull_IsUnreadyAndServesReads_AndGoesOnWithoutLossOnceThereIsSpace()
    {
        using var disk = SmallDisk.Mount(Small);
        using var other = new TemporaryPlace();
        await using var host = new HostProcess(disk.Path);
        await host.StartAsync();
        using var server = host.Operator();
        await using var feed = new WardFeed(TheWard, 1_000, other["capture"]);
        await using var edge = await FaultWard.Edge(server, host.Link, feed.Path, other["edge"]);
        await edge.StartAsync(TestContext.Current.CancellationToken);

        await Eventually.True(async () => await Ready(server) == HttpStatusCode.ServiceUnavailable, "a host with a full disk is not ready");
        Assert.True(await Ledger.Latest(server, TheWard.ServiceOf(0)) > 0, "what is stored can be read");
        var acknowledged = edge.Status.Acknowledged;
        await feed.EndAsync();
        Assert.True(edge.Status.Acknowledged < feed.Lines);

        disk.Resize(Large);

        await edge.DrainAsync(TestContext.Current.CancellationToken);
        await Eventually.True(async () => await Ready(server) == HttpStatusCode.OK, "a host with space is ready");
        Assert.Equal(0, edge.Status.Lost);
        Assert.True(acknowledged > 0);
        await new Ledger(server, TheWard).HoldsExactly(feed.Lines);
    }

    [Fact(Timeout = 300_000)]
    public async Task EdgeDiskFull_CountsWhatItCannotKeep_DeliversAllItKept_AndGoesOn()
    {
        using var disk = SmallDisk.Mount(1024);
        using var other = new TemporaryPlace();
        await using var host = await RunningHost.Start("Production", demo: false);
        using var server = host.Operator();
        await using var line = new LinkProxy(host.Url);
        line.Cut();
        await using var feed = new WardFeed(TheWard, 2_000, other["capture"]);
        await using var edge = await FaultWard.Edge(server, line.Link, feed.Path, disk.Path);
        await edge.StartAsync(TestContext.Current.CancellationToken);

        await Eventually.True(() => edge.Status.Lost > 0, "the disk of the edge is full");
        disk.Resize(Large);
        line.Mend();
        await Eventually.True(() => edge.Status.Link.State == LinkState.Up && edge.Status.Acknowledged > 0, "it delivers");
        await feed.EndAsync();
        await edge.DrainAsync(TestContext.Current.CancellationToken);

        var stored = 0L;
        for (var device = 0; device < TheWard.Devices; device++)
        {
            var rows = await Ledger.History(server, TheWard.ServiceOf(device));
            Assert.Equal(Enumerable.Range(1, rows.Count).Select(i => (long)i), rows.Select(row => row.GetProperty("sequence").GetInt64()));
            Assert.Equal(rows.Select(Ledger.Value).Distinct().Order(), rows.Select(Ledger.Value));
            stored += rows.Count;
        }

        Assert.Equal(feed.Lines, stored + edge.Status.Lost);

        // What nobody has is not lost in silence: the operator sees it where the edges are.
        await Eventually.True(async () => await LostOf(server) == edge.Status.Lost, "the server is told how many are lost");
    }

    [Fact]
    public async Task ReadOnlyDisk_HostAndEdgeSayInOneLineWhatIsWrong()
    {
        using var disk = SmallDisk.Mount(Large);
        disk.MakeReadOnly();
        await using var host = new HostProcess(disk.Path);

        var (exitCode, output) = await host.FailToStartAsync();
        var edge = Assert.Throws<EdgeOptionsException>(() => new EdgeHost(
            new EdgeOptions { Key = "k", Server = host.Link, DataDirectory = disk.Path },
            Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance,
            TimeProvider.System));

        Assert.Equal(1, exitCode);
        Assert.StartsWith("dwapi: ", Assert.Single(output.Split('\n')), StringComparison.Ordinal);
        Assert.Contains(disk.Path, output, StringComparison.Ordinal);
        Assert.Contains(disk.Path, edge.Message, StringComparison.Ordinal);
        Assert.Contains("Read-only", edge.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<long> LostOf(OperatorClient server) =>
        (await server.Http.GetFromJsonAsync<JsonElement>("/api/v1/edges", TestContext.Current.CancellationToken))[0].GetProperty("lost").GetInt64();

    private static async Task<HttpStatusCode> Ready(OperatorClient server)
    {
        using var answer = await server.Http.GetAsync("/readyz");
        return answer.StatusCode;
    }
}
