using Dwapi.EndToEnd.Tests.Hosts;

namespace Dwapi.EndToEnd.Tests.Faults;

/// <summary>kill -9 of the edge under 1,000 measurements a second, at random moments; the next life measures what the last one did not get into its outbox.</summary>
public sealed class EdgeKillTests : IDisposable
{
    private const int LongestLife = 30_000;
    private static readonly Ward TheWard = new(20);
    private readonly string _folder = Directory.CreateTempSubdirectory("dwapi-fault-").FullName;

    private string Outbox => Path.Combine(_folder, "outbox");

    [Fact(Timeout = 1_800_000)]
    public async Task Kill_AtRandomMoments_WhatReachedTheOutboxArrivesOnceAndNothingElse()
    {
        await using var host = await RunningHost.Start("Production", demo: false);
        using var server = host.Operator();
        var key = await server.AddEdge("ward");
        var reached = 0L;
        for (var life = 1; life <= LongTests.Kills; life++)
        {
            await using var edge = Replay(host, key, await Capture(life, reached, LongestLife));
            await edge.LineWith(" Up");
            await Task.Delay(Random.Shared.Next(1, 1_000), TestContext.Current.CancellationToken);
            await edge.KillAsync();
            var now = await EdgeOutbox.Last(Outbox);
            Assert.True(now >= reached, "what had reached the outbox is gone");
            reached = now;
        }

        // On a loaded machine a single life may end before its flow began; all of them would show nothing.
        Assert.True(reached > 0, "every kill came before the flow");

        await using (var last = Replay(host, key, await Capture(0, reached, 100), "--fast"))
        {
            Assert.Equal(0, await last.ExitAsync());
        }

        await new Ledger(server, TheWard).HoldsExactly(reached + 100);
        TestContext.Current.TestOutputHelper!.WriteLine($"{reached} measurements, {LongTests.Kills} kills");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A capture at 1,000 lines a second that goes on after what reached the outbox.</summary>
    private async Task<string> Capture(int life, long after, int lines)
    {
        var path = Path.Combine(_folder, $"capture-{life}");
        var start = DateTimeOffset.UtcNow;
        await File.WriteAllLinesAsync(path, Enumerable.Range(1, lines).Select(i => TheWard.Line(after + i, start.AddMilliseconds(i))));
        return path;
    }

    private ChildProcess Replay(RunningHost host, string key, string capture, params string[] more) => new(
        ChildProcess.Program("Edge", "dwapi-edge.dll"),
        [
            "replay", capture, "--to", new UriBuilder(host.Url) { Scheme = "ws" }.Uri.ToString(), "--key", key, "--edge-id", "ward",
            "--outbox", Outbox, .. more,
        ]);
}
