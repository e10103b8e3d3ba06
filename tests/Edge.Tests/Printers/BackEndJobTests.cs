using Dwapi.Edge.Printers;
using Dwapi.Edge.Tests.Printers.Scripted;
using Dwapi.Edge.Tests.Support;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Tests.Printers;

/// <summary>The whole way of a job through station and runner, on each back end that is scripted.</summary>
public sealed class BackEndJobTests
{
    private const string Cancel = """POST /api/job {"command":"cancel"}""";

    private static readonly PrintJobTrigger[] Begun = [PrintJobTrigger.Fetched, PrintJobTrigger.VerifiedPrintable, PrintJobTrigger.Uploaded, PrintJobTrigger.Started];

    [Fact]
    public async Task OctoPrint_StorePauseRunoutResumeComplete()
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        await using var bench = await StationBench.StartAsync(Options(printer));

        bench.Order();
        var begun = await bench.UntilAsync(PrintJobTrigger.Started);
        await bench.Connector.PauseAsync(default);
        var paused = (await bench.UntilAsync(PrintJobTrigger.Paused))[^1];
        await bench.Connector.ResumeAsync(default);
        await bench.UntilAsync(PrintJobTrigger.Resumed);
        printer.Event("PrintPaused");
        printer.Set("Paused", 40);
        var empty = (await bench.UntilAsync(PrintJobTrigger.Paused))[^1];
        await bench.Connector.ResumeAsync(default);
        await bench.UntilAsync(PrintJobTrigger.Resumed);
        printer.Finish();
        await bench.UntilAsync(PrintJobTrigger.Completed);

        Assert.Equal(Begun, begun.Select(report => report.Trigger));
        Assert.Equal((false, true), (paused.Attention, empty.Attention));
        Assert.Equal(1, printer.Count($"POST /api/files/local/{bench.File}"));
        Assert.False(printer.Holds(bench.File));
    }

    [Fact]
    public async Task OctoPrint_CancelDuringAHeatUp_EndsWhenTheFirmwareYields()
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        await using var bench = await StationBench.StartAsync(Options(printer));
        bench.Order();
        await bench.UntilAsync(PrintJobTrigger.Started);
        printer.IsBlocked = true;

        bench.Cancel();
        await bench.Time.PassUntilAsync(printer.UntilAsync(() => printer.PrinterState == "Cancelling"));
        printer.Yield();
        await bench.UntilAsync(PrintJobTrigger.Cancelled);

        Assert.Equal(1, printer.Count(Cancel));
        Assert.False(printer.Holds(bench.File));
    }

    [Theory]
    [InlineData(true, PrintErrorCode.Thermal)]
    [InlineData(false, PrintErrorCode.Interrupted)]
    public async Task OctoPrint_ThatHaltsOrDies_FailsTheJobAndPrintsNothingAgain(bool halts, PrintErrorCode expected)
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        await using var bench = await StationBench.StartAsync(Options(printer));
        bench.Order();
        await bench.UntilAsync(PrintJobTrigger.Started);

        if (halts)
            printer.Halt("Thermal Runaway, system stopped!");
        else
            printer.Crash();
        var failed = (await bench.UntilAsync(PrintJobTrigger.Failed))[^1];

        Assert.Equal(expected, failed.Error!.Code);
        Assert.Equal(1, printer.Count($"POST /api/files/local/{bench.File}"));
    }

    [Fact]
    public async Task PrusaLink_StorePauseRunoutResumeComplete()
    {
        await using var printer = await ScriptedPrusaLink.StartAsync();
        (printer.ShortNames, printer.ForgetsJobs, printer.NonceUses) = (true, true, 4);
        await using var bench = await StationBench.StartAsync(Options(printer));

        bench.Order();
        var begun = await bench.UntilAsync(PrintJobTrigger.Started);
        await bench.Connector.PauseAsync(default);
        var paused = (await bench.UntilAsync(PrintJobTrigger.Paused))[^1];
        await bench.Connector.ResumeAsync(default);
        await bench.UntilAsync(PrintJobTrigger.Resumed);
        printer.Set("ATTENTION");
        var empty = (await bench.UntilAsync(PrintJobTrigger.Paused))[^1];
        printer.Set("PRINTING");
        await bench.UntilAsync(PrintJobTrigger.Resumed);
        printer.Set("FINISHED");
        var completed = (await bench.UntilAsync(PrintJobTrigger.Completed))[^1];

        Assert.Equal(Begun, begun.Select(report => report.Trigger));
        Assert.Equal((false, true), (paused.Attention, empty.Attention));
        Assert.Equal(1, printer.Taken("POST /api/v1/files/"));
        Assert.False(printer.Holds(bench.File));
    }

    [Fact]
    public async Task PrusaLink_Cancel_StopsTheJob()
    {
        await using var printer = await ScriptedPrusaLink.StartAsync();
        await using var bench = await StationBench.StartAsync(Options(printer));
        bench.Order();
        await bench.UntilAsync(PrintJobTrigger.Started);

        bench.Cancel();
        await bench.UntilAsync(PrintJobTrigger.Cancelled);

        Assert.Equal("STOPPED", printer.State);
        Assert.Equal(1, printer.Taken("DELETE /api/v1/job/"));
    }

    private static PrinterOptions Options(ScriptedOctoPrint printer) => new() { Id = "p", Kind = PrinterKind.OctoPrint, Address = printer.Address, ApiKey = ScriptedOctoPrint.Key };

    private static PrinterOptions Options(ScriptedPrusaLink printer) => new() { Id = "p", Kind = PrinterKind.PrusaLink, Address = printer.Address, Password = ScriptedPrusaLink.Password };
}
