using System.Text.Json;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Printing;
using Dwapi.Grains;
using Dwapi.Grains.Printing;
using Dwapi.WebApi.Tests.Hosting;

namespace Dwapi.WebApi.Tests.Printing;

/// <summary>Jobs from the application's command to the edge's last report, over a real link.</summary>
public sealed class PrintingCommandTests(PrintingHost shared) : IClassFixture<PrintingHost>
{
    private const string Model = "uri=https%3A%2F%2Fmodels.example%2Fcube.gcode";

    private GotapiHost Host => shared.Host;

    [Fact]
    public async Task Hsf02_StartAndStop_OrdersThePrinterAndAnswersTheQueue()
    {
        await using var printer = await Idle();
        using var application = await Application.WithAccess(Host);

        var started = await application.Put("3dp/printingcommand", $"{printer.Query}&{Model}&fileName=cube.gcode");

        Assert.Equal(0, started.Error);
        var jobId = started.String("jobId");
        var entry = Assert.Single(started.Json.GetProperty("printqueue").EnumerateArray());
        Assert.Equal(("https://models.example/cube.gcode", "Good Start"), (entry.GetProperty("uri").GetString(), entry.GetProperty("msg").GetString()));
        var order = await printer.Order();
        Assert.Equal((jobId, 1, "https://models.example/cube.gcode", "cube.gcode"), (order.JobId, order.Attempt, order.Uri, order.FileName));
        await Print(printer, jobId);

        var stopped = await application.Delete("3dp/printingcommand", printer.Query);

        Assert.Equal("cancelling", EntryOf(stopped, jobId).GetProperty("state").GetString());
        Assert.Equal("Printing stopped", EntryOf(stopped, jobId).GetProperty("msg").GetString());
        Assert.Equal((RequestMethod.Delete, jobId), await printer.Request() is var request ? (request.Method, request.Parameters["jobId"]) : default);
        await printer.Job(jobId, PrintJobTrigger.Cancelled);
        Assert.Equal("cancelled", EntryOf(await application.Read("3dp/printingcommand", printer.Query), jobId).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Hsf06_Queue_HasOrderUriAndMessage_AndWhatThePrinterItselfPrints()
    {
        await using var printer = await TestPrinter.Connect(Host);
        await printer.Report(OperatingStatus.Printing, queue: new PrintQueueEntry { Uri = "file:vase.gcode", Msg = "Printing", Origin = PrintOrigin.Printer });
        using var application = await Application.WithAccess(Host);
        await application.Put("3dp/printingcommand", $"{printer.Query}&{Model}");

        var status = await application.Read("3dp/status", printer.Query);
        var command = await application.Read("3dp/printingcommand", printer.Query);

        foreach (var queue in new[] { status.Json.GetProperty("3dp").GetProperty("printQueue"), command.Json.GetProperty("printqueue") })
        {
            var entries = queue.EnumerateArray().ToList();
            Assert.Equal([0, 1], entries.Select(entry => entry.GetProperty("order").GetInt32()));
            Assert.Equal(["file:vase.gcode", "https://models.example/cube.gcode"], entries.Select(entry => entry.GetProperty("uri").GetString()));
            Assert.Equal(["printer", "dwapi"], entries.Select(entry => entry.GetProperty("origin").GetString()));
            Assert.All(entries, entry => Assert.NotEmpty(entry.GetProperty("msg").GetString()!));
        }

        // It is not ours to stop, and ours does not start before the bed was cleared.
        Assert.Equal(11, (await application.Delete("3dp/printingcommand", printer.Query)).Error);
        await printer.Report(OperatingStatus.Idle);
        Assert.False(printer.HasRequest);
        await Clear(printer);
        await printer.Order();
    }

    [Fact]
    public async Task Beh09_FilamentOut_IsSeenAndTheApplicationStops()
    {
        await using var printer = await Idle();
        using var application = await Application.WithAccess(Host);
        var jobId = (await application.Put("3dp/printingcommand", $"{printer.Query}&{Model}")).String("jobId");
        await printer.Order();
        await Print(printer, jobId);
        await application.Put("3dp/information", printer.Query);
        await using var socket = await TestSocket.Connect(application);
        await socket.Next();

        await printer.Job(jobId, PrintJobTrigger.Paused, attention: true);

        var entry = (await socket.Next()).GetProperty("3dp").GetProperty("printQueue")[0];
        Assert.Equal(("paused", true), (entry.GetProperty("state").GetString(), entry.GetProperty("attention").GetBoolean()));
        Assert.Equal(0, (await application.Delete("3dp/printingcommand", $"{printer.Query}&jobId={jobId}")).Error);
        Assert.Equal("cancelling", (await socket.Next()).GetProperty("3dp").GetProperty("printQueue")[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task Model_BeingSliced_ShowsHowFarItIs_AndThenWhatThePrintTakes()
    {
        await using var printer = await Idle();
        using var application = await Application.WithAccess(Host);
        var jobId = (await application.Put("3dp/printingcommand", $"{printer.Query}&{Model}&profile=fine")).String("jobId");
        Assert.Equal("fine", (await printer.Order()).Slicer);
        await printer.Jobs(jobId, PrintJobTrigger.Fetched, PrintJobTrigger.Verified);
        Task<RefusedItem?> Step(int number, string members) => printer.Item("job", $$"""{"jobId":"{{jobId}}","number":{{number}},"at":5,{{members}}}""");

        Assert.Null(await Step(3, "\"trigger\":\"progress\",\"progress\":0.7"));
        var slicing = EntryOf(await application.Read("3dp/printingcommand", printer.Query), jobId);
        Assert.Equal(10, (await Step(4, "\"trigger\":\"progress\",\"progress\":1.5"))!.ErrorCode);
        Assert.Equal(10, (await Step(4, "\"trigger\":\"sliced\",\"estimatedSeconds\":-1"))!.ErrorCode);
        Assert.Null(await Step(4, "\"trigger\":\"sliced\",\"estimatedSeconds\":826,\"filamentMillimetres\":1491.2"));
        var sliced = EntryOf(await application.Read("3dp/printingcommand", printer.Query), jobId);

        Assert.Equal(("slicing", 0.7), (slicing.GetProperty("state").GetString(), slicing.GetProperty("progress").GetDouble()));
        Assert.Equal(("uploading", 826, 1491.2), (sliced.GetProperty("state").GetString(), sliced.GetProperty("estimatedSeconds").GetDouble(), sliced.GetProperty("filamentMillimetres").GetDouble()));
        Assert.False(sliced.TryGetProperty("progress", out _));
    }

    [Fact]
    public async Task Jobs_EveryChange_IsAnEvent()
    {
        await using var printer = await Idle();
        using var application = await Application.WithAccess(Host);
        await application.Put("3dp/information", printer.Query);
        await using var socket = await TestSocket.Connect(application);
        await socket.Next();
        var jobId = (await application.Put("3dp/printingcommand", $"{printer.Query}&{Model}")).String("jobId");
        await printer.Order();
        await printer.Jobs(
            jobId, PrintJobTrigger.Fetched, PrintJobTrigger.VerifiedPrintable, PrintJobTrigger.Uploaded, PrintJobTrigger.Started, PrintJobTrigger.Completed);

        var states = new List<string>();
        while (states.LastOrDefault() != "completed")
        {
            states.Add((await socket.Next()).GetProperty("3dp").GetProperty("printQueue")[0].GetProperty("state").GetString()!);
        }

        Assert.Equal(["queued", "authorizing", "fetching", "verifying", "uploading", "starting", "printing", "completed"], states.Distinct());
    }

    [Fact]
    public async Task Start_WithTheSameIdempotencyKey_IsOneJob()
    {
        await using var printer = await Idle();
        using var application = await Application.WithAccess(Host);
        async Task<Reply> Put(string key, string query = Model) => await application.Send(
            HttpMethod.Put, $"/gotapi/3dp/printingcommand?accessToken={application.Token}&{printer.Query}&{query}", null, ("Idempotency-Key", key));

        var first = await Put("k1");
        var again = await Put("k1");
        var other = await Put("k2");
        var misused = await Put("k1", "uri=https%3A%2F%2Fmodels.example%2Fother.gcode");

        Assert.Equal(first.String("jobId"), again.String("jobId"));
        Assert.NotEqual(first.String("jobId"), other.String("jobId"));
        Assert.Equal(10, misused.Error);
        Assert.Equal(2, (await application.Read("3dp/printingcommand", printer.Query)).Json.GetProperty("printqueue").GetArrayLength());
    }

    [Fact]
    public async Task NextJob_WaitsForTheBedToBeCleared()
    {
        await using var printer = await Idle();
        using var application = await Application.WithAccess(Host);
        var first = (await application.Put("3dp/printingcommand", $"{printer.Query}&{Model}")).String("jobId");
        var second = (await application.Put("3dp/printingcommand", $"{printer.Query}&{Model}")).String("jobId");
        await printer.Order();
        await Print(printer, first);
        Assert.Equal(16, (await Arrange(printer, PrinterArrangementKind.BedCleared)).ErrorCode);
        await printer.Job(first, PrintJobTrigger.Completed);
        await printer.Report(OperatingStatus.Idle);

        Assert.False(printer.HasRequest);
        Assert.False((await Printer(printer).GetView()).BedCleared);
        await Clear(printer);

        Assert.Equal(second, (await printer.Order()).JobId);
    }

    [Fact]
    public async Task Queue_HoldMoveAndPriority_DecideWhoIsNext()
    {
        await using var printer = await TestPrinter.Connect(Host);
        await printer.Report(OperatingStatus.Error);
        using var application = await Application.WithAccess(Host);
        var held = (await application.Put("3dp/printingcommand", $"{printer.Query}&{Model}&hold=true")).String("jobId");
        var low = (await application.Put("3dp/printingcommand", $"{printer.Query}&{Model}")).String("jobId");
        var high = (await application.Put("3dp/printingcommand", $"{printer.Query}&{Model}&priority=5")).String("jobId");
        Assert.Equal([high, held, low], await Ids(printer));

        Assert.Equal(0, (await Arrange(printer, PrinterArrangementKind.Move, low, 1)).ErrorCode);
        Assert.Equal([low, high, held], await Ids(printer));
        Assert.Equal(0, (await Arrange(printer, PrinterArrangementKind.Prioritize, held, 9)).ErrorCode);
        Assert.Equal([held, low, high], await Ids(printer));
        Assert.Equal(10, (await Arrange(printer, PrinterArrangementKind.Hold, "nobody", 0)).ErrorCode);
        await printer.Report(OperatingStatus.Idle);
        Assert.Equal(low, (await printer.Order()).JobId);
    }

    [Fact]
    public async Task Reports_Repeated_ChangeNothing_AndImpossibleOnesAreRefused()
    {
        await using var printer = await Idle();
        using var application = await Application.WithAccess(Host);
        var jobId = (await application.Put("3dp/printingcommand", $"{printer.Query}&{Model}")).String("jobId");
        await printer.Order();

        await printer.Jobs(jobId, PrintJobTrigger.Fetched);
        Assert.Null(await printer.JobNumber(jobId, 1, PrintJobTrigger.Fetched));
        Assert.Equal(10, (await printer.JobNumber(jobId, 3, PrintJobTrigger.Verified))!.ErrorCode);
        Assert.Equal(10, (await printer.JobNumber(jobId, 2, PrintJobTrigger.Started))!.ErrorCode);
        Assert.Equal(10, (await printer.JobNumber(jobId, 2, PrintJobTrigger.Turn))!.ErrorCode);
        Assert.Equal(10, (await printer.JobNumber("job-nobody", 1, PrintJobTrigger.Fetched))!.ErrorCode);
        await using var other = await Idle();
        Assert.Equal(10, (await other.JobNumber(jobId, 2, PrintJobTrigger.Verified))!.ErrorCode);

        Assert.Equal("verifying", EntryOf(await application.Read("3dp/printingcommand", printer.Query), jobId).GetProperty("state").GetString());
        Assert.Null(await printer.JobNumber(jobId, 2, PrintJobTrigger.VerifiedPrintable));
    }

    [Fact]
    public async Task PrinterBusy_GivesTheTurnBack_AndTriesAgainLater()
    {
        await using var host = await GotapiHost.Start(
            ("Printing:ContentServers:0:Id", "models"), ("Printing:ContentServers:0:Url", "https://models.example/"));
        await using var printer = await TestPrinter.Connect(host);
        await printer.Report(OperatingStatus.Idle);
        using var application = await Application.WithAccess(host);
        var jobId = (await application.Put("3dp/printingcommand", $"{printer.Query}&{Model}")).String("jobId");
        await printer.Order();
        await printer.Jobs(jobId, PrintJobTrigger.Fetched, PrintJobTrigger.VerifiedPrintable, PrintJobTrigger.PrinterBusy);
        Assert.Equal("queued", EntryOf(await application.Read("3dp/printingcommand", printer.Query), jobId).GetProperty("state").GetString());

        // Only the time of day, so that no link is silent for so long.
        host.Clock.Set(TimeSpan.FromSeconds(31));
        await printer.Report(OperatingStatus.Idle, nozzle: 40);

        Assert.Equal((jobId, 2), await printer.Order() is var order ? (order.JobId, order.Attempt) : default);
    }

    [Theory]
    [InlineData("", 10)]
    [InlineData("uri=cube.gcode", 10)]
    [InlineData("uri=https%3A%2F%2Felsewhere.example%2Fcube.gcode", 10)]
    [InlineData("uri=https%3A%2F%2Fme%3Apass%40models.example%2Fcube.gcode", 10)]
    [InlineData("uri=https%3A%2F%2Fmodels.example%2Fcube.gcode%3Ftoken%3Dx", 10)]
    [InlineData(Model + "&fileName=..%2F..%2Fetc", 10)]
    [InlineData(Model + "&fileName=.hidden", 10)]
    [InlineData(Model + "&sha256=abc", 10)]
    [InlineData(Model + "&priority=-1", 10)]
    [InlineData(Model + "&hold=TRUE", 10)]
    [InlineData(Model + "&hold=yes", 10)]
    [InlineData(Model + "&contentServerId=nobody", 10)]
    public async Task Start_BadInput_IsTheTypedErrorAndStartsNothing(string query, int error)
    {
        await using var printer = await Idle();
        using var application = await Application.WithAccess(Host);

        Assert.Equal(error, (await application.Put("3dp/printingcommand", $"{printer.Query}&{query}")).Error);
        Assert.Equal(0, (await application.Read("3dp/printingcommand", printer.Query)).Json.GetProperty("printqueue").GetArrayLength());
        Assert.False(printer.HasRequest);
    }

    [Fact]
    public async Task Stop_OfAnotherApplicationOrOfNothing_IsTheTypedError()
    {
        await using var printer = await Idle();
        using var application = await Application.WithAccess(Host);
        using var stranger = await Application.WithAccess(Host, origin: Application.OtherOrigin);
        Assert.Equal(16, (await application.Delete("3dp/printingcommand", printer.Query)).Error);
        Assert.Equal(10, (await application.Delete("3dp/printingcommand", printer.Query + "&jobId=job-x")).Error);
        Assert.Equal(10, (await application.Delete("3dp/printingcommand", printer.Query + "&order=7")).Error);
        var jobId = (await application.Put("3dp/printingcommand", $"{printer.Query}&{Model}")).String("jobId");

        Assert.Equal(11, (await stranger.Delete("3dp/printingcommand", $"{printer.Query}&jobId={jobId}")).Error);
        await using var other = await Idle();
        Assert.Equal(10, (await application.Delete("3dp/printingcommand", $"{other.Query}&jobId={jobId}")).Error);
    }

    [Fact]
    public async Task Quota_OfAnApplication_IsError17AndNamesTheSetting()
    {
        await using var printer = await TestPrinter.Connect(Host);
        await printer.Report(OperatingStatus.Error);
        using var application = await Application.WithAccess(Host);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(0, (await application.Put("3dp/printingcommand", $"{printer.Query}&{Model}")).Error);
        }

        var refused = await application.Put("3dp/printingcommand", $"{printer.Query}&{Model}");

        Assert.Equal(17, refused.Error);
        Assert.Contains("Printing:JobsPerApplication", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approval_OfATenant_HoldsEveryJob()
    {
        await using var host = await GotapiHost.Start(
            ("Printing:ContentServers:0:Id", "models"), ("Printing:ContentServers:0:Url", "https://models.example/"),
            ($"Printing:Tenants:{GotapiHost.Tenant}:Approval", "true"));
        await using var printer = await TestPrinter.Connect(host);
        await printer.Report(OperatingStatus.Idle);
        using var application = await Application.WithAccess(host);

        var reply = await application.Put("3dp/printingcommand", $"{printer.Query}&{Model}");

        Assert.True(EntryOf(reply, reply.String("jobId")).GetProperty("held").GetBoolean());
        await printer.Report(OperatingStatus.Idle, nozzle: 40);
        Assert.False(printer.HasRequest);
        var grain = host.Client.GetGrain<IPrinterGrain>(TenantKey.Of(GotapiHost.Tenant, printer.ServiceId));
        await grain.Arrange(new PrinterArrangement(PrinterArrangementKind.Hold, reply.String("jobId"), 0));
        await printer.Order();
    }

    [Fact]
    public async Task Hsf03And05_ContentServers_AreListedWithTheirUrl()
    {
        await using var printer = await Idle();
        using var application = await Application.WithAccess(Host);

        var reply = await application.Read("3dp/contentserver", printer.Query);

        var server = Assert.Single(reply.Json.GetProperty("contentserver").EnumerateArray());
        Assert.Equal(("Models", "https://models.example/", "models"), (
            server.GetProperty("servicename").GetString(), server.GetProperty("url").GetString(), server.GetProperty("contentServerId").GetString()));
    }

    [Fact]
    public async Task Start_FileUriOfTheTextsExample_IsFetchedFromThatServer()
    {
        await using var printer = await Idle();
        using var application = await Application.WithAccess(Host);

        await application.Put("3dp/printingcommand", $"{printer.Query}&uri=file%3A%2F%2Fmodels.example%2Fex.stl");

        Assert.Equal("https://models.example/ex.stl", (await printer.Order()).Uri);
    }

    [Fact]
    public async Task Beh08_LinkThatWasDown_OrdersWhenItIsBack()
    {
        await using var host = await GotapiHost.Start(
            ("Printing:ContentServers:0:Id", "models"), ("Printing:ContentServers:0:Url", "https://models.example/"));
        await using var printer = await TestPrinter.Connect(host);
        await printer.Report(OperatingStatus.Idle);
        using var application = await Application.WithAccess(host);
        await printer.Close();
        await printer.Gone();
        var jobId = (await application.Put("3dp/printingcommand", $"{printer.Query}&{Model}")).String("jobId");

        await printer.Open();
        await printer.Report(OperatingStatus.Idle);
        Assert.Equal(jobId, (await printer.Order()).JobId);
    }

    private async Task<TestPrinter> Idle()
    {
        var printer = await TestPrinter.Connect(Host);
        await printer.Report(OperatingStatus.Idle);
        return printer;
    }

    private static Task Print(TestPrinter printer, string jobId) => printer.Jobs(
        jobId, PrintJobTrigger.Fetched, PrintJobTrigger.VerifiedPrintable, PrintJobTrigger.Uploaded, PrintJobTrigger.Started);

    private IPrinterGrain Printer(TestPrinter printer) => Host.Client.GetGrain<IPrinterGrain>(TenantKey.Of(GotapiHost.Tenant, printer.ServiceId));

    private Task<PrintAnswer> Arrange(TestPrinter printer, PrinterArrangementKind kind, string jobId = "", int number = 0) =>
        Printer(printer).Arrange(new PrinterArrangement(kind, jobId, number));

    private async Task Clear(TestPrinter printer) => Assert.Equal(0, (await Arrange(printer, PrinterArrangementKind.BedCleared)).ErrorCode);

    private async Task<string[]> Ids(TestPrinter printer) =>
        [.. JsonDocument.Parse((await Printer(printer).GetView()).Queue).RootElement.EnumerateArray().Select(entry => entry.GetProperty("jobId").GetString()!)];

    private static JsonElement EntryOf(Reply reply, string jobId) =>
        reply.Json.GetProperty("printqueue").EnumerateArray().Single(entry => entry.TryGetProperty("jobId", out var id) && id.GetString() == jobId);
}
