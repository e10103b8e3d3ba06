using System.Text;
using System.Text.Json;
using Dwapi.Edge.Ipp;
using Dwapi.Edge.Printers;
using Dwapi.Edge.Printers.Ipp;
using Dwapi.Edge.Tests.Support;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Tests.Printers.Ipp;

/// <summary>Jobs from the order to their end on a printer that fetches by itself, with the real content server (printing-3dp 4.4, 6, 7).</summary>
public sealed class IppPrintJobTests
{
    [Theory]
    [InlineData(PrinterFetch.Header)]
    [InlineData(PrinterFetch.Url)]
    public async Task Hsf04_Order_IsFetchedByThePrinterWithTheToken_WhichIsNowhereElse(PrinterFetch fetch)
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        printer.AddsHeader = fetch == PrinterFetch.Header;
        await using var server = await OwnContentServer.StartAsync();
        var token = await server.TokenAsync();
        await using var bench = await StartAsync(printer, fetch);

        Assert.Equal(0, (await bench.OrderAsync(token: token, uri: server.Model)).Result);
        var reports = await bench.UntilAsync(PrintJobTrigger.Started);
        var printing = await bench.SnapshotAsync(snapshot => snapshot.Status.OperatingStatus == OperatingStatus.Printing);
        printer.Finish();
        reports.AddRange(await bench.UntilAsync(PrintJobTrigger.Completed));

        Assert.Equal([PrintJobTrigger.Delegated, PrintJobTrigger.Started, PrintJobTrigger.Completed], reports.Select(report => report.Trigger));
        Assert.All(reports, report => Assert.Equal("1", report.RemoteJobId));
        Assert.StartsWith("solid", Encoding.ASCII.GetString(Assert.Single(printer.Jobs).Data!), StringComparison.Ordinal);
        Assert.Equal(("j1", PrintOrigin.Dwapi, 0.25, true), (printing.Status.CurrentJobId, printing.PrintQueue[0].Origin, printing.Status.Progress, printing.Capabilities!.PullsByUri));
        var (query, authorization) = Assert.Single(server.Fetches);
        Assert.Equal(fetch == PrinterFetch.Header ? ("", $"Bearer {token}") : ($"?access_token={token}", ""), (query, authorization));
        await AssertNowhereAsync(bench, reports, token);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Printer_ThatDoesNotShowTheToken_FailsTheJobWithTokenRejected_AndRepeatsNoSecret(bool answersWhenFetched, bool isServer)
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        (printer.AddsHeader, printer.AnswersWhenFetched, printer.IsServer) = (false, answersWhenFetched, isServer);
        await using var server = await OwnContentServer.StartAsync();
        var token = await server.TokenAsync();
        await using var bench = await StartAsync(printer);

        await bench.OrderAsync(token: token, uri: server.Model);
        var reports = await bench.UntilAsync(PrintJobTrigger.Failed);

        Assert.Equal(PrintErrorCode.TokenRejected, reports[^1].Error!.Code);
        Assert.Contains("set its fetch to", reports[^1].Error!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("//", reports[^1].Error!.Message, StringComparison.Ordinal);
        Assert.Equal(IppJobState.Aborted, Assert.Single(printer.Jobs).State);
        await AssertNowhereAsync(bench, reports, token);
    }

    [Fact]
    public async Task Token_InTheAddress_ThatIsWrong_FailsWithTokenRejected_AndIsRepeatedNowhere()
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        await using var server = await OwnContentServer.StartAsync();
        await using var bench = await StartAsync(printer, PrinterFetch.Url);

        await bench.OrderAsync(token: "made-up-and-wrong", uri: server.Model);
        var reports = await bench.UntilAsync(PrintJobTrigger.Failed);

        Assert.Equal(PrintErrorCode.TokenRejected, reports[^1].Error!.Code);
        Assert.Contains("made-up-and-wrong", Assert.Single(printer.Jobs).Message, StringComparison.Ordinal);
        await AssertNowhereAsync(bench, reports, "made-up-and-wrong");
    }

    [Fact]
    public async Task Address_ThatItselfAuthorizes_GoesToThePrinter_AndGivesNothingItsName()
    {
        const string Secret = "k7Qm2Zx9Vb4Nc8Lp1Rt6Ws";
        await using var printer = await FakeIppPrinter.StartAsync();
        await using var bench = await StartAsync(printer);

        await bench.AskAsync(RequestMethod.Put, new PrintJobOrder
        {
            OperationId = "o1",
            JobId = "j1",
            Uri = new Uri(bench.Content.Address, $"/models/{Secret}").ToString(),
            TokenInUrl = true,
            Hosts = [bench.Content.Host],
        }.ToParameters());
        var reports = await bench.UntilAsync(PrintJobTrigger.Started);

        Assert.Equal("dwapi-j1.gcode", reports[^1].RemoteName);
        Assert.Equal(bench.Content.Content, Assert.Single(printer.Jobs).Data);
        await AssertNowhereAsync(bench, reports, Secret);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Busy_Printer_PutsTheJobBack_AndTheNextTurnPrintsIt(bool isOnlyKnownByItsAnswer)
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        await using var bench = await StartAsync(printer);
        if (isOnlyKnownByItsAnswer)
            printer.Refuses[IppOperation.CreateJob] = IppStatus.Busy;
        else
            printer.Theirs("theirs.3mf");

        await bench.OrderAsync(fileName: "cube.3mf");
        await bench.UntilAsync(PrintJobTrigger.PrinterBusy);
        Assert.Equal(0, printer.Count(IppOperation.CreateJob));
        if (!isOnlyKnownByItsAnswer)
        {
            var theirs = await bench.SnapshotAsync(snapshot => snapshot.PrintQueue.Length > 0);
            Assert.Equal((PrintOrigin.Printer, "theirs.3mf"), (theirs.PrintQueue[0].Origin, theirs.PrintQueue[0].FileName));
            printer.Finish();
        }

        await bench.OrderAsync(attempt: 2, operation: "o2", fileName: "cube.3mf");
        await bench.UntilAsync(PrintJobTrigger.Started);

        Assert.Equal("model/3mf", printer.Jobs[^1].Format);
        Assert.Equal((1, 1), (printer.Count(IppOperation.CreateJob), printer.Count(IppOperation.SendUri)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancel_EndsTheJobAtThePrinter(bool whileItFetches)
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        if (whileItFetches)
            printer.Fetching = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var bench = await StartAsync(printer);
        await bench.OrderAsync();
        await bench.UntilAsync(whileItFetches ? PrintJobTrigger.Delegated : PrintJobTrigger.Started);

        Assert.Equal(0, (await bench.CommandAsync(RequestMethod.Delete, "c1")).Result);
        await bench.UntilAsync(PrintJobTrigger.Cancelled);

        Assert.Equal(IppJobState.Canceled, Assert.Single(printer.Jobs).State);
        Assert.Equal(1, printer.Count(IppOperation.CancelJob));
    }

    [Fact]
    public async Task Cancel_AtAPrinterThatPrintsOn_IsCancelledWhenItStops()
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        printer.PrintsOnWhenCancelled = true;
        await using var bench = await StartAsync(printer);
        await bench.OrderAsync();
        await bench.UntilAsync(PrintJobTrigger.Started);

        await bench.CommandAsync(RequestMethod.Delete, "c1");
        await bench.SnapshotAsync(snapshot => snapshot.Status.OperatingStatus == OperatingStatus.Cancelling);
        printer.Finish(IppJobState.Canceled, "job-canceled-by-user");
        await bench.UntilAsync(PrintJobTrigger.Cancelled);

        Assert.Equal(1, printer.Count(IppOperation.CancelJob));
    }

    [Fact]
    public async Task Cancel_OfAPrintThatJustEnded_IsCompleted()
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        await using var bench = await StartAsync(printer);
        await bench.OrderAsync();
        await bench.UntilAsync(PrintJobTrigger.Started);
        printer.IsReachable = false;
        printer.Finish();
        await bench.CommandAsync(RequestMethod.Delete, "c1");

        printer.IsReachable = true;
        await bench.UntilAsync(PrintJobTrigger.Completed);

        Assert.Equal(0, printer.Count(IppOperation.CancelJob));
    }

    [Theory]
    [InlineData(false, PrintJobTrigger.Completed)]
    [InlineData(true, PrintJobTrigger.Failed)]
    public async Task Printer_ThatGoesAndComesBack_IsAskedWhatBecameOfThePrint(bool forgets, PrintJobTrigger end)
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        await using var bench = await StartAsync(printer);
        await bench.OrderAsync();
        await bench.UntilAsync(PrintJobTrigger.Started);

        printer.IsReachable = false;
        await bench.UntilAsync(PrintJobTrigger.Lost);
        var offline = await bench.SnapshotAsync(snapshot => snapshot.Status.OperatingStatus == OperatingStatus.Offline);
        if (forgets)
            printer.Forget();
        else
            printer.Finish();
        printer.IsReachable = true;
        var last = (await bench.UntilAsync(end))[^1];

        Assert.Equal(AlertCode.ConnectionLost, Assert.Single(offline.Status.Alerts).Code);
        Assert.Equal(forgets ? PrintErrorCode.Interrupted : null, last.Error?.Code);
        Assert.Equal(1, printer.Count(IppOperation.SendUri));
    }

    [Fact]
    public async Task Edge_ThatLostAJobWhichThePrinterForgot_PrintsNothingAgain()
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        await using var bench = await StartAsync(printer);
        await bench.OrderAsync();
        await bench.UntilAsync(PrintJobTrigger.Started);
        await bench.StopEdgeAsync();
        printer.Forget();
        bench.LoseJobs();
        await bench.StartEdgeAsync();

        await bench.OrderAsync(operation: "o2", trace: new PrintJobTrace(0, PrintJobState.Fetching, "", Again: true));
        var end = (await bench.UntilAsync(PrintJobTrigger.Failed))[^1];

        Assert.Equal((PrintErrorCode.Interrupted, 1), (end.Error!.Code, printer.Count(IppOperation.CreateJob)));
    }

    [Fact]
    public async Task Edge_EndsBetweenCreateJobAndSendUri_FindsTheJobByItsName_AndSendsTheUriOnce()
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        var (reached, answer) = (Signal(), Signal());
        printer.Holds[IppOperation.CreateJob] = (reached, answer);
        await using var server = await OwnContentServer.StartAsync();
        await using var bench = await StartAsync(printer);
        await bench.OrderAsync(token: await server.TokenAsync(), uri: server.Model);
        await reached.Task.WaitAsync(Patience.Limit);
        await bench.StopEdgeAsync();
        answer.SetResult();

        await bench.StartEdgeAsync();
        await bench.UntilAsync(PrintJobTrigger.TokenNeeded);
        await bench.OrderAsync(token: await server.TokenAsync(), uri: server.Model, operation: "o2");
        await bench.UntilAsync(PrintJobTrigger.Started);

        Assert.Equal((1, 1), (printer.Count(IppOperation.CreateJob), printer.Count(IppOperation.SendUri)));
        Assert.Single(server.Fetches);
    }

    [Fact]
    public async Task Edge_EndsWhileThePrinterFetches_GoesOnWithoutASecondSendUri()
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        printer.Fetching = Signal();
        await using var bench = await StartAsync(printer);
        await bench.OrderAsync();
        await bench.UntilAsync(PrintJobTrigger.Delegated);
        await bench.StopEdgeAsync();

        await bench.StartEdgeAsync();
        printer.Fetching.SetResult();
        await bench.UntilAsync(PrintJobTrigger.Started);

        Assert.Equal((1, 1), (printer.Count(IppOperation.CreateJob), printer.Count(IppOperation.SendUri)));
    }

    [Fact]
    public async Task SendUri_WhoseAnswerIsLost_IsNotSentAgain()
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        printer.Breaks[IppOperation.SendUri] = true;
        await using var bench = await StartAsync(printer);

        await bench.OrderAsync();
        await bench.UntilAsync(PrintJobTrigger.Started);

        Assert.Equal(1, printer.Count(IppOperation.SendUri));
    }

    [Fact]
    public async Task SendUri_ThatIsAnsweredWhenAllIsPrinted_IsNotWaitedFor()
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        var (reached, answer) = (Signal(), Signal());
        printer.Holds[IppOperation.SendUri] = (reached, answer);
        await using var bench = await StartAsync(printer);

        await bench.OrderAsync();
        await bench.UntilAsync(PrintJobTrigger.Started);
        await bench.CommandAsync(RequestMethod.Delete, "c1");
        await bench.UntilAsync(PrintJobTrigger.Cancelled);

        Assert.False(answer.Task.IsCompleted);
        answer.SetResult();
        Assert.Equal((1, IppJobState.Canceled), (printer.Count(IppOperation.SendUri), Assert.Single(printer.Jobs).State));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SendUri_ThatNeverArrives_IsGivenUpAfterThePrintersTime_AndTheJobIsTakenAway(bool isServer)
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        (printer.OperationTimeOut, printer.IsServer) = (1, isServer);
        printer.Breaks[IppOperation.SendUri] = false;
        await using var bench = await StartAsync(printer);

        await bench.OrderAsync();
        var end = (await bench.UntilAsync(PrintJobTrigger.Failed))[^1];

        Assert.Equal(PrintErrorCode.StartUnconfirmed, end.Error!.Code);
        Assert.Equal((0, IppJobState.Canceled), (printer.Count(IppOperation.SendUri), Assert.Single(printer.Jobs).State));
    }

    [Theory]
    [InlineData("setting")]
    [InlineData("no Send-URI")]
    [InlineData("digest")]
    [InlineData("format")]
    public async Task File_ThatThePrinterDoesNotFetch_IsFetchedByTheEdgeAndSentAsDocument(string why)
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        if (why == "no Send-URI")
            printer.Operations.Remove(IppOperation.SendUri);
        await using var bench = await StartAsync(printer, why == "setting" ? PrinterFetch.Edge : PrinterFetch.Header);
        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bench.Content.Content));

        await bench.OrderAsync(sha256: why == "digest" ? digest : "", fileName: why == "format" ? "cube.obj" : "");
        var reports = await bench.UntilAsync(PrintJobTrigger.Started);
        printer.Finish();
        await bench.UntilAsync(PrintJobTrigger.Completed);

        Assert.Equal(
            [PrintJobTrigger.Fetched, PrintJobTrigger.VerifiedPrintable, PrintJobTrigger.Uploaded, PrintJobTrigger.Started], reports.Select(report => report.Trigger));
        var job = Assert.Single(printer.Jobs);
        Assert.Equal(bench.Content.Content, job.Data);
        Assert.Equal(("application/vnd.pwg-safe-gcode", 0, 1), (job.Format, printer.Count(IppOperation.SendUri), printer.Count(IppOperation.SendDocument)));
    }

    [Fact]
    public async Task Model_FromTheEdge_GoesToAPrinterThatTakesIt()
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        await using var bench = await PrintingBench.StartAsync("solid cube\nfacet normal 0 0 0\n", With(printer, PrinterFetch.Edge));

        await bench.OrderAsync();
        await bench.UntilAsync(PrintJobTrigger.Started);

        Assert.Equal("model/stl", Assert.Single(printer.Jobs).Format);
    }

    [Fact]
    public async Task Edge_EndsAfterTheFileIsVerified_StartsThePrintOnce()
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        await using var bench = await StartAsync(printer, PrinterFetch.Edge);
        await bench.OrderAsync();
        await bench.UntilAsync(PrintJobTrigger.VerifiedPrintable);
        await bench.StopEdgeAsync();

        await bench.StartEdgeAsync();
        await bench.UntilAsync(PrintJobTrigger.Started);

        Assert.Equal((1, 1), (printer.Jobs.Count, printer.Count(IppOperation.SendDocument)));
    }

    [Fact]
    public async Task MaterialEmpty_IsReportedAsPausedWithAttention_AndGoesOn()
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        await using var bench = await StartAsync(printer);
        await bench.OrderAsync();
        await bench.UntilAsync(PrintJobTrigger.Started);

        printer.Reasons = ["material-empty-error"];
        printer.IsStopped = true;
        var paused = (await bench.UntilAsync(PrintJobTrigger.Paused))[^1];
        var snapshot = await bench.SnapshotAsync(snapshot => snapshot.Status.OperatingStatus == OperatingStatus.Attention);
        printer.Reasons = [];
        printer.IsStopped = false;
        await bench.UntilAsync(PrintJobTrigger.Resumed);

        Assert.True(paused.Attention);
        Assert.Equal((AlertCode.FilamentOut, AlertSeverity.Error), (snapshot.Status.Alerts[0].Code, snapshot.Status.Alerts[0].Severity));
    }

    [Fact]
    public async Task Pause_IsRefusedByAPrinterThatCannot_AndShowsOnOneThatCan()
    {
        await using var printer = await FakeIppPrinter.StartAsync();
        await using var bench = await StartAsync(printer);
        await bench.OrderAsync();
        await bench.UntilAsync(PrintJobTrigger.Started);
        Assert.Equal(3, (await bench.CommandAsync(RequestMethod.Post, "c1", "pause")).ErrorCode);

        // It learns the two operations while it is away.
        printer.IsReachable = false;
        await bench.UntilAsync(PrintJobTrigger.Lost);
        printer.Operations.UnionWith([IppOperation.PausePrinter, IppOperation.ResumePrinter]);
        printer.IsReachable = true;
        await bench.UntilAsync(PrintJobTrigger.Started);
        Assert.Equal(0, (await bench.CommandAsync(RequestMethod.Post, "c2", "pause")).Result);
        await bench.UntilAsync(PrintJobTrigger.Paused);
        Assert.Equal(0, (await bench.CommandAsync(RequestMethod.Post, "c3", "resume")).Result);
        await bench.UntilAsync(PrintJobTrigger.Resumed);
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static Task<PrintingBench> StartAsync(FakeIppPrinter printer, PrinterFetch fetch = PrinterFetch.Header) =>
        PrintingBench.StartAsync(printer: With(printer, fetch));

    private static PrinterOptions With(FakeIppPrinter printer, PrinterFetch fetch)
    {
        var options = printer.Options;
        options.Fetch = fetch;
        return options;
    }

    // Reports, snapshots, announcements, the log, and all files of the edge.
    private static async Task AssertNowhereAsync(PrintingBench bench, IEnumerable<PrintJobReport> reports, string token)
    {
        var told = JsonSerializer.Serialize(reports) + JsonSerializer.Serialize(bench.Snapshots) + JsonSerializer.Serialize(bench.Services) + bench.Logged;
        await bench.StopEdgeAsync();
        foreach (var file in Directory.EnumerateFiles(bench.EdgeFolder, "*", SearchOption.AllDirectories))
            told += Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Patience.Token));
        Assert.Contains("j1", told, StringComparison.Ordinal);
        Assert.DoesNotContain(token, told, StringComparison.Ordinal);
    }
}
