using System.Text.Json;
using Dwapi.Edge.Tests.VirtualPrinters;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Tests.Printers;

/// <summary>A job from the order to its end, on the virtual printer, with the host's end of the link in the test's hands.</summary>
public sealed class PrintJobTests
{
    [Fact]
    public async Task Order_IsFetchedVerifiedUploadedStartedAndCompleted_WithReportsWithoutHole()
    {
        await using var bench = await PrintingBench.StartAsync();
        bench.Content.Token = "secret";

        Assert.Equal(0, (await bench.OrderAsync(token: "secret")).Result);
        Assert.Equal(0, (await bench.OrderAsync(token: "secret")).Result);
        var reports = await bench.UntilAsync(PrintJobTrigger.Started);
        bench.Printer.Advance(60);
        var printing = await bench.SnapshotAsync(snapshot => snapshot.Status.OperatingStatus == OperatingStatus.Printing);
        bench.Printer.Advance(300);
        reports.AddRange(await bench.UntilAsync(PrintJobTrigger.Completed));

        Assert.Equal(
            [PrintJobTrigger.Fetched, PrintJobTrigger.VerifiedPrintable, PrintJobTrigger.Uploaded, PrintJobTrigger.Started, PrintJobTrigger.Completed],
            reports.Select(report => report.Trigger));
        Assert.Equal(("j1", PrintOrigin.Dwapi), (printing.Status.CurrentJobId, printing.PrintQueue[0].Origin));
        Assert.Equal(1, bench.Printer.Printer.History.Count);
        Assert.Equal("000001", reports[^1].RemoteJobId);
        Assert.Empty(bench.Printer.Printer.Files.All());
        Assert.Contains(bench.Services, service => service is { ServiceId: PrintingBench.Service, Online: true, Type: "Ethernet" });
    }

    [Theory]
    [InlineData(PrintJobTrigger.Fetched)]
    [InlineData(PrintJobTrigger.VerifiedPrintable)]
    [InlineData(PrintJobTrigger.Uploaded)]
    [InlineData(PrintJobTrigger.Started)]
    public async Task Edge_EndsAndComesBackAfterAnyStep_FinishesTheJobWithOneStart(PrintJobTrigger after)
    {
        await using var bench = await PrintingBench.StartAsync();
        await bench.OrderAsync();
        await bench.UntilAsync(after);

        await bench.StopEdgeAsync();
        await bench.StartEdgeAsync();
        while (bench.Printer.Starts == 0)
            await bench.UntilAsync(PrintJobTrigger.Started);
        bench.Printer.Advance(400);
        await bench.UntilAsync(PrintJobTrigger.Completed);

        Assert.Equal(1, bench.Printer.Printer.History.Count);
        Assert.Equal(bench.Content.Content.Length, bench.Content.Sent);
    }

    [Fact]
    public async Task Print_ThatEndedWhileTheEdgeWasAway_IsFoundInTheHistory()
    {
        await using var bench = await PrintingBench.StartAsync();
        await bench.OrderAsync();
        await bench.UntilAsync(PrintJobTrigger.Started);
        await bench.StopEdgeAsync();
        await bench.Printer.ControlAsync("power-cut");

        await bench.StartEdgeAsync();
        var end = (await bench.UntilAsync(PrintJobTrigger.Failed))[^1];

        Assert.Equal(PrintErrorCode.Interrupted, end.Error!.Code);
        Assert.Equal(1, bench.Printer.Printer.History.Count);
    }

    [Fact]
    public async Task FilamentOut_IsReportedAsPausedWithAttention_AndCancelStopsThePrint()
    {
        await using var bench = await PrintingBench.StartAsync();
        await bench.OrderAsync();
        await bench.UntilAsync(PrintJobTrigger.Started);
        bench.Printer.Advance(60);
        await bench.Printer.ControlAsync("filament-out");
        bench.Printer.Advance(30);
        var paused = (await bench.UntilAsync(PrintJobTrigger.Paused))[^1];

        Assert.Equal(0, (await bench.CommandAsync(RequestMethod.Delete, "c1")).Result);
        await bench.UntilAsync(PrintJobTrigger.Cancelled);

        Assert.True(paused.Attention);
        Assert.Equal("cancelled", await bench.Printer.StateAsync());
        Assert.Empty(bench.Printer.Printer.Files.All());
    }

    [Fact]
    public async Task PauseAndResume_ShowInReports()
    {
        await using var bench = await PrintingBench.StartAsync();
        await bench.OrderAsync();
        await bench.UntilAsync(PrintJobTrigger.Started);
        bench.Printer.Advance(60);

        Assert.Equal(0, (await bench.CommandAsync(RequestMethod.Post, "c1", "pause")).Result);
        var paused = (await bench.UntilAsync(PrintJobTrigger.Paused))[^1];
        Assert.Equal(0, (await bench.CommandAsync(RequestMethod.Post, "c2", "resume")).Result);
        await bench.UntilAsync(PrintJobTrigger.Resumed);

        Assert.False(paused.Attention);
        Assert.Equal(10, (await bench.CommandAsync(RequestMethod.Post, "c3", "explode")).ErrorCode);
    }

    [Fact]
    public async Task Cancel_OfAJobThatNeverCame_IsRememberedAndReported()
    {
        await using var bench = await PrintingBench.StartAsync();

        await bench.CommandAsync(RequestMethod.Delete, "c1");
        var end = (await bench.UntilAsync(PrintJobTrigger.Cancelled))[^1];
        await bench.OrderAsync();
        var asked = await bench.CommandAsync(RequestMethod.Get, "g1");

        Assert.Equal(1, end.Number);
        Assert.Equal("cancelled", JsonDocument.Parse(asked.Members).RootElement.GetProperty("job").GetProperty("trigger").GetString());
        Assert.Empty(bench.Content.Requests);
    }

    [Fact]
    public async Task Token_ThatIsRefused_IsAskedForOnce()
    {
        await using var bench = await PrintingBench.StartAsync();
        bench.Content.Token = "right";
        await bench.OrderAsync(token: "wrong");
        await bench.UntilAsync(PrintJobTrigger.TokenNeeded);

        await bench.OrderAsync(token: "right", operation: "o2");
        await bench.UntilAsync(PrintJobTrigger.Started);

        Assert.Equal(2, bench.Content.Requests.Count);
    }

    [Fact]
    public async Task SomebodyElsesPrint_MakesThePrinterBusy_AndIsShownAsTheirs()
    {
        await using var bench = await PrintingBench.StartAsync();
        await bench.Printer.PrintAsync("theirs.gcode", PrinterBench.Cube);

        await bench.OrderAsync();
        await bench.UntilAsync(PrintJobTrigger.PrinterBusy);
        var snapshot = await bench.SnapshotAsync(snapshot => snapshot.PrintQueue.Length > 0);

        Assert.Equal((PrintOrigin.Printer, "theirs.gcode"), (snapshot.PrintQueue[0].Origin, snapshot.PrintQueue[0].FileName));
        Assert.Equal(1, bench.Printer.Printer.History.Count);
    }

    [Theory]
    [InlineData("solid cube\nfacet normal 0 0 0\n", PrintErrorCode.SliceFailed)]
    [InlineData("just words\n", PrintErrorCode.WrongType)]
    [InlineData("G28\nG1 X500 F600\n", PrintErrorCode.ModelUnprintable)]
    [InlineData("M104 S900\nG28\n", PrintErrorCode.ModelUnprintable)]
    public async Task File_ThatThePrinterCannotPrint_FailsBeforeItGetsThere(string content, PrintErrorCode expected)
    {
        await using var bench = await PrintingBench.StartAsync(content);

        await bench.OrderAsync();
        var end = (await bench.UntilAsync(PrintJobTrigger.Failed))[^1];

        Assert.Equal(expected, end.Error!.Code);
        Assert.Equal(0, bench.Printer.Printer.Uploads);
    }

    [Fact]
    public async Task Digest_ThatDiffersTwice_Fails()
    {
        await using var bench = await PrintingBench.StartAsync();

        await bench.OrderAsync(sha256: new string('0', 64));
        var reports = await bench.UntilAsync(PrintJobTrigger.Failed);

        Assert.Equal(
            [PrintJobTrigger.Fetched, PrintJobTrigger.Mismatched, PrintJobTrigger.Fetched, PrintJobTrigger.Failed], reports.Select(report => report.Trigger));
        Assert.Equal(PrintErrorCode.DigestMismatch, reports[^1].Error!.Code);
    }
}
