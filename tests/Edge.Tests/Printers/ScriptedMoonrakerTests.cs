using System.Text.Json.Nodes;
using Dwapi.Edge.Printers;
using Dwapi.Edge.Printers.Moonraker;
using Dwapi.Edge.Resilience;
using Dwapi.Edge.Tests.Printers.Scripted;
using Dwapi.Edge.Tests.Support;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Tests.Printers;

/// <summary>The connector against what real Moonraker does and the virtual printer does not (printing-3dp.md 4.2).</summary>
public sealed class ScriptedMoonrakerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Pause_AnsweredAfterMinutes_ReturnsAndIsSentOnce()
    {
        await using var printer = await ScriptedMoonraker.StartAsync();
        printer.Late = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var connector = Connect(printer);
        await using var log = new ReadingLog(connector);
        Print(printer, "printing");
        await log.UntilAsync(reading => reading.Occupied);

        var pause = connector.PauseAsync(default);
        await printer.AskedAsync("POST /printer/print/pause");
        _time.Advance(TimeSpan.FromSeconds(10));
        await pause;
        Print(printer, "paused");
        var paused = await log.UntilAsync(reading => reading.Status == OperatingStatus.Paused);
        printer.Late.SetResult();

        Assert.True(paused.Occupied);
        Assert.Equal(1, printer.Count("POST /printer/print/pause"));
    }

    [Theory]
    [InlineData("printing")]
    [InlineData("paused")]
    public async Task Shutdown_GoesBeforeTheOldStateOfThePrint(string stale)
    {
        await using var printer = await ScriptedMoonraker.StartAsync();
        await using var connector = Connect(printer);
        await using var log = new ReadingLog(connector);
        Print(printer, stale);
        await log.UntilAsync(reading => reading.Occupied);

        printer.Set("webhooks", new JsonObject { ["state"] = "shutdown", ["state_message"] = "Lost communication with MCU 'mcu'" });
        var reading = await log.UntilAsync(reading => !reading.Occupied);

        Assert.Equal((OperatingStatus.Error, AlertCode.McuShutdown), (reading.Status, reading.Troubles.Single().Code));
        Assert.Equal(RemoteJobState.Failed, (await connector.FindAsync("cube.gcode", default))!.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task KlipperAway_FilesAreStillThere_AndThePrinterIsNot(bool metBefore)
    {
        await using var printer = await ScriptedMoonraker.StartAsync();
        (printer.Klippy, printer.HasMetKlipper) = ("disconnected", metBefore);
        await using var connector = Connect(printer);
        await using var log = new ReadingLog(connector);

        Assert.Equal(PrinterFault.Unreachable, await FaultAsync(() => connector.GetStatusAsync(default)));
        Assert.True(await connector.HasAsync("cube.gcode", 7, default));
        var offline = await log.UntilAsync(reading => reading.Status == OperatingStatus.Offline);
        Assert.Contains("Klipper", offline.Troubles.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Klipper_ThatComesBackInError_IsToldThoughMoonrakerSaysNothing()
    {
        await using var printer = await ScriptedMoonraker.StartAsync();
        await using var connector = Connect(printer);
        await using var log = new ReadingLog(connector);
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Idle);

        printer.LoseKlipper();
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Offline);
        printer.Klippy = "startup";
        var starting = await _time.PassUntilAsync(log.UntilAsync(reading => reading.Troubles.Any(trouble => trouble.Message.Contains("starts", StringComparison.Ordinal))));
        printer.Set("webhooks", new JsonObject { ["state"] = "error", ["state_message"] = "mcu 'mcu': Unable to connect" });
        printer.Klippy = "error";
        var error = await _time.PassUntilAsync(log.UntilAsync(reading => reading.Status == OperatingStatus.Error));

        Assert.Equal(OperatingStatus.Offline, starting.Status);
        Assert.Equal(("mcu 'mcu': Unable to connect", false), (error.Troubles.Single().Message, error.Occupied));
        Assert.Equal((0, null), (error.Tools.Length, error.Bed));
    }

    [Fact]
    public async Task Ready_ThatIsToldDuringACall_IsNotLost()
    {
        await using var printer = await ScriptedMoonraker.StartAsync();
        await using var connector = Connect(printer);
        printer.Rewrite = (path, answer) =>
        {
            if (path != "/websocket/server.info")
                return answer;
            printer.Rewrite = null;
            printer.Notify("notify_klippy_ready");
            answer["result"]!["klippy_state"] = "startup";
            return answer;
        };
        await using var log = new ReadingLog(connector);

        await log.UntilAsync(reading => reading.Status == OperatingStatus.Idle);
    }

    [Fact]
    public async Task Call_ThatIsNeverAnswered_MakesThePrinterUnreachable()
    {
        await using var printer = await ScriptedMoonraker.StartAsync();
        printer.Swallows = "printer.objects.list";
        await using var connector = Connect(printer);
        await using var log = new ReadingLog(connector);

        var offline = await _time.PassUntilAsync(log.UntilAsync(_ => true));

        Assert.Equal(OperatingStatus.Offline, offline.Status);
        Assert.Contains("printer.objects.list", offline.Troubles.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_ThatIsWrong_IsRefusedByTheCall_NotByTheSocket()
    {
        await using var printer = await ScriptedMoonraker.StartAsync();
        printer.Key = "another";
        await using var connector = Connect(printer);
        await using var log = new ReadingLog(connector);

        var offline = await log.UntilAsync(_ => true);

        Assert.Equal(OperatingStatus.Offline, offline.Status);
        Assert.Contains("does not let us in", offline.Troubles.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_ByTwoEdges_IsPossible()
    {
        await using var printer = await ScriptedMoonraker.StartAsync();
        await using var connector = Connect(printer);
        await using var other = Connect(printer);
        await using var log = new ReadingLog(connector);
        await using var second = new ReadingLog(other);

        Assert.Equal(OperatingStatus.Idle, (await log.UntilAsync(_ => true)).Status);
        Assert.Equal(OperatingStatus.Idle, (await second.UntilAsync(_ => true)).Status);
    }

    [Fact]
    public async Task Describe_OfAPrinterWithoutABed_SeesNoBedInAnEmptyAnswer()
    {
        await using var printer = await ScriptedMoonraker.StartAsync();
        await using var connector = Connect(printer);
        var with = await connector.DescribeAsync(default);
        printer.Objects.Remove("heater_bed");

        var without = await connector.DescribeAsync(default);

        Assert.Equal((true, false), (with.Attributes.HeatedBed, without.Attributes.HeatedBed));
    }

    [Theory]
    [InlineData("complete", "completed", nameof(RemoteJobState.Completed))]
    [InlineData("cancelled", "cancelled", nameof(RemoteJobState.Cancelled))]
    [InlineData("printing", "klippy_shutdown", nameof(RemoteJobState.Failed))]
    public async Task Find_AfterAShutdown_KnowsWhatHadEndedBefore(string stale, string history, string expected)
    {
        await using var printer = await ScriptedMoonraker.StartAsync();
        printer.History.Add(new JsonObject { ["job_id"] = "0000A1", ["filename"] = "cube.gcode", ["status"] = history });
        Print(printer, stale);
        printer.Set("webhooks", new JsonObject { ["state"] = "shutdown", ["state_message"] = "Shutdown due to webhooks request" });
        await using var connector = Connect(printer);

        Assert.Equal(expected, (await connector.FindAsync("cube.gcode", default))!.State.ToString());
    }

    [Fact]
    public async Task Find_OfAPrintWhoseEndMoonrakerHasNotHeardOf_DecidesNothing()
    {
        await using var printer = await ScriptedMoonraker.StartAsync();
        printer.History.Add(new JsonObject { ["job_id"] = "0000A1", ["filename"] = "cube.gcode", ["status"] = "in_progress" });
        await using var connector = Connect(printer);

        Assert.Equal(RemoteJobState.Waiting, (await connector.FindAsync("cube.gcode", default))!.State);
    }

    [Theory]
    [InlineData("SD busy", nameof(PrinterFault.Busy))]
    [InlineData("Unable to open file", nameof(PrinterFault.Refused))]
    public async Task Start_ThatIsRefused_IsToldApart(string words, string expected)
    {
        await using var printer = await ScriptedMoonraker.StartAsync();
        printer.Refuses = words;
        await using var connector = Connect(printer);

        Assert.Equal(expected, (await FaultAsync(() => connector.StartAsync("cube.gcode", default))).ToString());
        Assert.Equal(1, printer.Count("POST /printer/print/start"));
    }

    [Fact]
    public async Task Start_ThatIsRefusedInSeveralLines_KeepsTheWords()
    {
        await using var printer = await ScriptedMoonraker.StartAsync();
        printer.Refuses = "Shutdown due to webhooks request\nOnce the underlying issue is corrected, use FIRMWARE_RESTART\nPrinter is shutdown\n";
        await using var connector = Connect(printer);

        var refusal = await Assert.ThrowsAsync<PrinterException>(() => connector.StartAsync("cube.gcode", default));

        Assert.Equal(printer.Refuses.Trim(), refusal.Message);
    }

    [Theory]
    [InlineData(403, nameof(PrinterFault.Busy))]
    [InlineData(422, nameof(PrinterFault.Damaged))]
    public async Task Store_ThatIsRefused_IsToldApart(int status, string expected)
    {
        await using var printer = await ScriptedMoonraker.StartAsync();
        printer.Upload = status;
        await using var connector = Connect(printer);

        Assert.Equal(expected, (await FaultAsync(() => connector.StoreAsync(PrintFiles.Write(_folder, "cube.gcode"), default))).ToString());
    }

    [Fact]
    public async Task Store_OfAFileThatIsTooLarge_SaysSo_AndSendsNothing()
    {
        await using var printer = await ScriptedMoonraker.StartAsync();
        printer.LargestUpload = 1;
        await using var connector = Connect(printer);
        var small = PrintFiles.Write(_folder, "cube.gcode");

        var refusal = await Assert.ThrowsAsync<PrinterException>(() => connector.StoreAsync(small with { Size = (1 << 20) + 1 }, default));
        var sent = printer.Count("POST /server/files/upload");
        await connector.StoreAsync(small, default);

        Assert.Equal((PrinterFault.NotTaken, 0), (refusal.Fault, sent));
        Assert.Contains("max_upload_size", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_OfALivePrint_BelievesItAgainstTheHistory()
    {
        await using var printer = await ScriptedMoonraker.StartAsync();
        printer.History.Add(new JsonObject { ["job_id"] = "0000A1", ["filename"] = "cube.gcode", ["status"] = "interrupted" });
        Print(printer, "printing");
        await using var connector = Connect(printer);

        var live = await connector.FindAsync("cube.gcode", default);
        printer.Set("print_stats", new JsonObject { ["state"] = "standby", ["filename"] = "" });

        Assert.Equal((RemoteJobState.Printing, "0000A1"), (live!.State, live.Id));
        Assert.Equal(RemoteJobState.Interrupted, (await connector.FindAsync("cube.gcode", default))!.State);
    }

    [Fact]
    public async Task Watch_WhereTheSocketWantsAToken_IsRefused_AndATokenServesOnce()
    {
        await using var printer = await ScriptedMoonraker.StartAsync();
        printer.WantsToken = true;
        await using var connector = Connect(printer);
        await using var log = new ReadingLog(connector);
        using var client = new HttpClient { BaseAddress = printer.Address };
        var token = (string)JsonNode.Parse(await client.GetStringAsync("/access/oneshot_token", Patience.Token))!["result"]!;

        var refused = await log.UntilAsync(_ => true);
        using var first = new System.Net.WebSockets.ClientWebSocket();
        await first.ConnectAsync(Socket(printer, token), Patience.Token);
        using var second = new System.Net.WebSockets.ClientWebSocket();

        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => second.ConnectAsync(Socket(printer, token), Patience.Token));
        Assert.Equal(OperatingStatus.Offline, refused.Status);
        Assert.Contains("does not let us in", refused.Troubles.Single().Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static Uri Socket(ScriptedMoonraker printer, string token) => new UriBuilder(printer.Address) { Scheme = "ws", Path = "/websocket", Query = $"token={token}" }.Uri;

    private static async Task<PrinterFault> FaultAsync(Func<Task> call) => (await Assert.ThrowsAsync<PrinterException>(call)).Fault;

    private static void Print(ScriptedMoonraker printer, string state) =>
        printer.Set("print_stats", new JsonObject { ["state"] = state, ["filename"] = "cube.gcode", ["print_duration"] = 10.0 });

    private MoonrakerConnector Connect(ScriptedMoonraker printer) =>
        new(new PrinterOptions { Id = "p", Address = printer.Address }, new HostPolicies(_time), _time);
}
