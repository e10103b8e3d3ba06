using Dwapi.Edge.Tests.Support;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Tests.Printers.Slicing;

/// <summary>A job in its slicing state, with a script in the place of the slicer.</summary>
public sealed class SlicingJobTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Edge_ThatEndsInMidSlicing_SlicesAgain()
    {
        await using var bench = await StartAsync($"if [ -e '{_folder["once"]}' ]; then\n{StandIn.Slices}\nelse\ntouch '{_folder["once"]}'\n{StandIn.Hangs(_folder["processes"])}\nfi");
        await bench.OrderAsync();
        var progress = await SlicingAsync(bench);

        await bench.StopEdgeAsync();
        await bench.StartEdgeAsync();
        var reports = await bench.UntilAsync(PrintJobTrigger.Started);

        Assert.Equal(0.1, progress.Progress);
        var sliced = reports.Single(report => report.Trigger == PrintJobTrigger.Sliced);
        Assert.Equal((3723, 5), (sliced.EstimatedSeconds, sliced.FilamentMillimetres));
        Assert.Equal(1, bench.Printer.Printer.Uploads);
        Assert.Contains("estimated printing time", await File.ReadAllTextAsync(bench.Printer.Printer.Files.All().Single().FullName, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(bench.Content.Content.Length, bench.Content.Sent);
    }

    [Fact]
    public async Task Cancel_InMidSlicing_EndsTheSlicerAndTheJob()
    {
        await using var bench = await StartAsync(StandIn.Hangs(_folder["processes"]));
        await bench.OrderAsync();
        await SlicingAsync(bench);

        await bench.CommandAsync(RequestMethod.Delete, "c1");
        await bench.UntilAsync(PrintJobTrigger.Cancelled);

        var processes = (await File.ReadAllTextAsync(_folder["processes"], TestContext.Current.CancellationToken)).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        Assert.True(SpinWait.SpinUntil(() => !processes.Any(StandIn.Runs), Patience.Limit));
        Assert.Equal(0, bench.Printer.Printer.Uploads);
    }

    [Fact]
    public async Task Profile_OfTheOrder_ThatIsNotThere_FailsBeforeTheSlicerRuns()
    {
        await using var bench = await StartAsync($"touch '{_folder["ran"]}'");

        await bench.OrderAsync(slicer: "fine");
        var end = (await bench.UntilAsync(PrintJobTrigger.Failed))[^1];

        Assert.Equal(PrintErrorCode.SliceFailed, end.Error!.Code);
        Assert.Contains("fine.ini", end.Error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["ran"]));
    }

    [Fact]
    public async Task GcodeOfTheSlicer_IsLookedAtLikeAnyOther()
    {
        await using var bench = await StartAsync(StandIn.Slices.Replace("X100", "X1000", StringComparison.Ordinal));

        await bench.OrderAsync();
        var end = (await bench.UntilAsync(PrintJobTrigger.Failed))[^1];

        Assert.Equal(PrintErrorCode.ModelUnprintable, end.Error!.Code);
        Assert.Contains("what the slicer made", end.Error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    // A download that takes more than a second shows progress too.
    private static async Task<PrintJobReport> SlicingAsync(PrintingBench bench)
    {
        PrintJobReport report;
        do
            report = (await bench.UntilAsync(PrintJobTrigger.Progress))[^1];
        while (report.Progress is null);
        return report;
    }

    private async Task<PrintingBench> StartAsync(string script)
    {
        var bench = await PrintingBench.StartAsync(slicer: new SlicerOptions { Program = StandIn.Write(_folder["slicer"], script) });
        bench.Content.Content = Models.TextStl(10, 10, 2);
        return bench;
    }
}
