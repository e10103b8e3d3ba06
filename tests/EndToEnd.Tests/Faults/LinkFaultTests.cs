using Dwapi.Edge.Link;
using Dwapi.EndToEnd.Tests.Hosts;

namespace Dwapi.EndToEnd.Tests.Faults;

/// <summary>A line that falls silent without a word, and clocks that are set.</summary>
public sealed class LinkFaultTests : IAsyncLifetime
{
    private static readonly Ward TheWard = new(5);
    private RunningHost _host = null!;
    private OperatorClient _server = null!;
    private LinkProxy _line = null!;

    private string Capture => Path.Combine(_host.DataDirectory, "capture");

    private string Outbox => Path.Combine(_host.DataDirectory, "edge");

    public async ValueTask InitializeAsync()
    {
        _host = await RunningHost.Start("Production", demo: false);
        _server = _host.Operator();
        _line = new LinkProxy(_host.Url);
    }

    public async ValueTask DisposeAsync()
    {
        await _line.DisposeAsync();
        _server.Dispose();
        await _host.DisposeAsync();
    }

    [Fact(Timeout = 180_000)]
    public async Task HalfOpenLine_IsFoundDeadAndMadeAnew_NothingIsLostOrDoubled()
    {
        await using var feed = new WardFeed(TheWard, 200, Capture);
        await using var edge = await FaultWard.Edge(_server, _line.Link, feed.Path, Outbox, deadAfterSeconds: 5);
        await edge.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.True(() => edge.Status.Acknowledged > 20, "the flow runs");

        _line.FallSilent();
        var down = await edge.WaitForLinkAsync(LinkState.Down, TestContext.Current.CancellationToken);
        await edge.WaitForLinkAsync(LinkState.Up, TestContext.Current.CancellationToken);

        Assert.Equal("nothing was heard for 5 s", down.Reason);
        Assert.Equal(2, _line.Connections);
        await feed.EndAsync();
        await edge.DrainAsync(TestContext.Current.CancellationToken);
        await new Ledger(_server, TheWard).HoldsExactly(feed.Lines);
    }

    [Fact(Timeout = 180_000)]
    public async Task ClockOfTheEdgeSetByAnHour_BothWays_KeepsTheLinkTheOrderAndTheLatest()
    {
        var clock = new SetClock();
        var capture = new CapturePipe(Capture);
        await using var edge = await FaultWard.Edge(_server, _line.Link, capture.Path, Outbox, time: clock);
        await using var endOfCapture = capture;
        await edge.StartAsync(TestContext.Current.CancellationToken);
        var up = await edge.WaitForLinkAsync(LinkState.Up, TestContext.Current.CancellationToken);

        var line = 0L;
        foreach (var hours in (int[])[0, 1, -2, 1])
        {
            clock.Set(TimeSpan.FromHours(hours));
            for (var i = 0; i < 100; i++)
            {
                await capture.WriteLineAsync(TheWard.Line(++line, clock.GetUtcNow()));
            }

            await capture.FlushAsync();
            await Eventually.True(() => edge.Status.Acknowledged == line, "all of it is stored");
        }

        Assert.Equal(up, edge.Status.Link);
        Assert.Equal(1, _line.Connections);
        for (var device = 0; device < TheWard.Devices; device++)
        {
            var rows = await Ledger.History(_server, TheWard.ServiceOf(device));
            Assert.Equal(
                Enumerable.Range(1, 80).Select(i => (long)i),
                rows.OrderBy(row => row.GetProperty("sequence").GetInt64()).Select(Ledger.Value));
            Assert.Equal(80, await Ledger.Latest(_server, TheWard.ServiceOf(device)));
        }
    }
}
