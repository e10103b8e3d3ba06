using Dwapi.Edge.Tests.Support;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Tests.Printers;

/// <summary>An edge that lost its folder of jobs: what the host knows and what the printer does is enough to end a job truthfully.</summary>
public sealed class LostJobsTests
{
    [Fact]
    public async Task Order_OfAPrintThatGoesOn_AdoptsItWithTheNextNumbers_AndStartsNothing()
    {
        await using var bench = await PrintingBench.StartAsync();
        var trace = await Printing(bench);

        Assert.Equal(0, (await bench.OrderAsync(operation: "o2", trace: trace)).Result);
        var reports = await bench.UntilAsync(PrintJobTrigger.Started);
        bench.Printer.Advance(400);
        reports.AddRange(await bench.UntilAsync(PrintJobTrigger.Completed));

        Assert.Equal([PrintJobTrigger.Lost, PrintJobTrigger.Started, PrintJobTrigger.Completed], reports.Select(report => report.Trigger));
        Assert.Equal([trace.Reported + 1, trace.Reported + 2], reports.Take(2).Select(report => report.Number));
        Assert.Equal(1, bench.Printer.Printer.History.Count);
        Assert.Empty(bench.Printer.Printer.Files.All());
    }

    [Fact]
    public async Task Cancel_OfAPrintThatGoesOn_StopsItAtThePrinter()
    {
        await using var bench = await PrintingBench.StartAsync();
        var trace = await Printing(bench);

        Assert.Equal(0, (await bench.CommandAsync(RequestMethod.Delete, "c1", trace: trace)).Result);
        var end = (await bench.UntilAsync(PrintJobTrigger.Cancelled))[^1];

        Assert.Equal(trace.Reported + 1, end.Number);
        Assert.Equal("cancelled", await bench.Printer.StateAsync());
    }

    [Fact]
    public async Task Order_WhoseReportsWereLostToo_FindsThePrintAndStartsNothing()
    {
        await using var bench = await PrintingBench.StartAsync();
        var trace = await Printing(bench);

        await bench.OrderAsync(operation: "o2", trace: trace with { Reported = 1, State = PrintJobState.Verifying });
        var reports = await bench.UntilAsync(PrintJobTrigger.Started);

        Assert.Equal(
            [PrintJobTrigger.VerifiedPrintable, PrintJobTrigger.Uploaded, PrintJobTrigger.Started], reports.Select(report => report.Trigger));
        Assert.Equal(2, reports[0].Number);
        Assert.Equal(1, bench.Printer.Printer.History.Count);
        Assert.Single(bench.Content.Requests);
    }

    [Fact]
    public async Task Order_OfAPrintThatWasDoneWithoutAWordToTheHost_IsNotPrintedAgain()
    {
        await using var bench = await PrintingBench.StartAsync();
        await Printing(bench);
        bench.Printer.Advance(400);

        await bench.OrderAsync(operation: "o2", trace: new PrintJobTrace(0, PrintJobState.Fetching, "", Again: true));
        var end = (await bench.UntilAsync(PrintJobTrigger.Completed))[^1];

        Assert.Equal((5, 1), (end.Number, bench.Printer.Printer.History.Count));
        Assert.Single(bench.Content.Requests);
    }

    [Fact]
    public async Task Cancel_OfAPrintThatGoesOnWithoutAWordToTheHost_StopsItAtThePrinter()
    {
        await using var bench = await PrintingBench.StartAsync();
        await Printing(bench);

        await bench.CommandAsync(RequestMethod.Delete, "c1", trace: PrintJobTrace.None);
        var end = (await bench.UntilAsync(PrintJobTrigger.Cancelled))[^1];

        Assert.Equal((1, "cancelled"), (end.Number, await bench.Printer.StateAsync()));
    }

    [Fact]
    public async Task Cancel_WhileTheFolderOfJobsIsGone_EndsTheJob_AndTheLinkStays()
    {
        await using var bench = await PrintingBench.StartAsync();
        await bench.OrderAsync();
        await bench.UntilAsync(PrintJobTrigger.Started);
        var jobs = Path.Combine(bench.EdgeFolder, "print-jobs");

        // That the report is sent is noted in the folder when it is here already, and a folder that gets files cannot be taken away.
        for (var patience = Patience.Token; !Directory.EnumerateFiles(jobs, "*.json").Any(job => File.ReadAllText(job).Contains("\"reported\":true", StringComparison.Ordinal));)
            await Task.Delay(5, patience);
        Directory.Delete(jobs, recursive: true);

        Assert.Equal(0, (await bench.CommandAsync(RequestMethod.Delete, "c1")).Result);
        await bench.UntilAsync(PrintJobTrigger.Cancelled);

        Assert.Equal("cancelled", await bench.Printer.StateAsync());
    }

    [Theory]
    [InlineData(PrintJobState.Uploading)]
    [InlineData(PrintJobState.Printing)]
    public async Task Order_OfWhatThePrinterDoesNotKnow_FailsAsInterruptedAndPrintsNothing(PrintJobState state)
    {
        await using var bench = await PrintingBench.StartAsync();

        await bench.OrderAsync(trace: new PrintJobTrace(4, state, "dwapi-j1-cube.gcode"));
        var end = (await bench.UntilAsync(PrintJobTrigger.Failed))[^1];

        Assert.Equal(PrintErrorCode.Interrupted, end.Error!.Code);
        Assert.Equal(state == PrintJobState.Printing ? 6 : 5, end.Number);
        Assert.Equal(0, bench.Printer.Printer.Uploads);
        Assert.Equal(0, bench.Printer.Printer.History.Count);
    }

    [Fact]
    public async Task Order_OfWhatWasOnlyFetched_IsFetchedAgainWithTheNextNumber()
    {
        await using var bench = await PrintingBench.StartAsync();

        await bench.OrderAsync(trace: new PrintJobTrace(1, PrintJobState.Fetching, "dwapi-j1-cube.gcode"));
        var reports = await bench.UntilAsync(PrintJobTrigger.Started);

        Assert.Equal((PrintJobTrigger.Fetched, 2), (reports[0].Trigger, reports[0].Number));
        Assert.Equal(1, bench.Printer.Printer.History.Count);
    }

    private static async Task<PrintJobTrace> Printing(PrintingBench bench)
    {
        await bench.OrderAsync();
        var last = (await bench.UntilAsync(PrintJobTrigger.Started))[^1];
        bench.Printer.Advance(60);
        await bench.LoseJobsAsync();
        return new PrintJobTrace(last.Number, PrintJobState.Printing, last.RemoteName!);
    }
}
