using Dwapi.Gotapi.Printing;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Edges;
using Dwapi.Grains.Tests.Runtime;

namespace Dwapi.Grains.Tests.Printing;

/// <summary>Whose printer it is, and what its subscribers hear when the link comes and goes.</summary>
public sealed class PrinterLinkTests : IAsyncLifetime
{
    private GrainHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await GrainHost.Start(TestPrinter.Models);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Printer_OfAConnectedEdge_IsNotTakenByAnother_AndIsWhenThatEdgeIsAway()
    {
        var printer = await TestPrinter.Connect(_host);
        var other = await ConnectedEdge.Connect(_host, "other");

        var refused = await other.Grain.Announce(other.LinkId, [TestPrinter.Service, Some.Service("dev")], [], complete: true);
        var report = await new TestPrinter(_host, other).Snapshot(OperatingStatus.Printing);

        Assert.Equal(("printer", 11), (Assert.Single(refused.Refusals).ServiceId, refused.Refusals[0].ErrorCode));
        Assert.Contains("Another connected edge", refused.Refusals[0].Reason, StringComparison.Ordinal);
        Assert.Equal("edge", (await _host.Device("printer").GetLatest("")).Registration!.EdgeId);
        Assert.Equal("other", (await _host.Device("dev").GetLatest("")).Registration!.EdgeId);
        Assert.Equal((ReportOutcome.Refused, 11), (report.Outcomes[0], report.ErrorCode));

        await printer.Edge.Grain.Disconnect(printer.Edge.LinkId);
        Assert.Empty((await other.Grain.Announce(other.LinkId, [TestPrinter.Service], [], complete: false)).Refused);
        Assert.Equal("other", (await _host.Device("printer").GetLatest("")).Registration!.EdgeId);
        Assert.Equal(ReportOutcome.Committed, (await new TestPrinter(_host, other).Snapshot(OperatingStatus.Printing)).Outcomes[0]);
    }

    [Fact]
    public async Task Link_ThatGoesAndComes_IsOneEventEach()
    {
        var printer = await TestPrinter.Connect(_host);
        var before = await Head();

        await printer.Edge.Grain.Disconnect(printer.Edge.LinkId);
        await Eventually.Is(printer.Told, snapshot => snapshot is { Online: false, Status.OperatingStatus: OperatingStatus.Offline });
        await printer.Grain.LinkChanged();
        Assert.Equal(before + 1, await Head());

        await printer.Edge.Grain.Connect(Some.Hello(printer.Edge.Key), _host.Client.CreateObjectReference<IEdgeLink>(printer.Edge.Link), "next");
        await Eventually.Is(printer.Told, snapshot => snapshot is { Online: true, Status.OperatingStatus: OperatingStatus.Idle });
        Assert.Equal(before + 2, await Head());
    }

    [Fact]
    public async Task Pause_ByTheNameOfAnotherPrinter_IsError10AndTellsNobody()
    {
        var printer = await TestPrinter.Connect(_host);
        await printer.Print(
            "job-1", PrintJobTrigger.Fetched, PrintJobTrigger.VerifiedPrintable, PrintJobTrigger.Uploaded, PrintJobTrigger.Started);

        Assert.Equal(10, (await printer.Job("job-1").Pause("another", pause: true)).ErrorCode);
        Assert.Equal(0, (await printer.Job("job-1").Pause("printer", pause: true)).ErrorCode);
        await Eventually.Is(() => ValueTask.FromResult(printer.Edge.Link.Calls.Count(call => call.Method == "POST")), told => told == 1);
    }

    private async Task<long> Head() => (await _host.Device("printer").GetLatest(PrintingProfile.Information)).Head;
}
