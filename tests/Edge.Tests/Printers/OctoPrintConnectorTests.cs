using System.Text.Json.Nodes;
using Dwapi.Edge.Printers;
using Dwapi.Edge.Printers.OctoPrint;
using Dwapi.Edge.Resilience;
using Dwapi.Edge.Tests.Printers.Scripted;
using Dwapi.Edge.Tests.Support;
using Dwapi.Gotapi.Printing;
using Microsoft.AspNetCore.Http;

namespace Dwapi.Edge.Tests.Printers;

/// <summary>The connector against OctoPrint's observed behaviour (printing-3dp.md 4.1).</summary>
public sealed class OctoPrintConnectorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Describe_TakesTheProfileInUse_AndAsksForTheOldShapes()
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        await using var connector = Connect(printer);

        var (device, attributes) = await connector.DescribeAsync(default);

        Assert.Equal(("Bench printer", "Two", "1.9.3"), (device.ProductName, device.ModelNumber, device.SoftwareRevision));
        Assert.Equal((200.0, 190.0, 180.0), (attributes.PrintSizeX, attributes.PrintSizeY, attributes.PrintSizeZ));
        Assert.Equal((0.4, true, "rectangular"), (attributes.NozzleDiameter, attributes.HeatedBed, attributes.FormFactor));
        Assert.Equal("Virtual Marlin 1.0", device.FirmwareRevision);
        Assert.True(printer.Headers.ContainsKey("X-Api-Key"));
        Assert.False(printer.Headers.ContainsKey("X-OctoPrint-Api-Version"));
    }

    [Fact]
    public async Task Describe_WithAKeyThatMayNotSeeTheSystem_DoesWithoutTheFirmware()
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        printer.IsAdministrator = false;
        await using var connector = Connect(printer);

        var (device, attributes) = await connector.DescribeAsync(default);

        Assert.Equal(("", 200.0), (device.FirmwareRevision, attributes.PrintSizeX));
    }

    [Fact]
    public async Task Describe_WithAVolumeInTheSettings_TakesThat()
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        await using var connector = Connect(printer, options => options.PrintVolume = "100x90.5x80");

        var attributes = (await connector.DescribeAsync(default)).Attributes;

        Assert.Equal((100.0, 90.5, 80.0), (attributes.PrintSizeX, attributes.PrintSizeY, attributes.PrintSizeZ));
    }

    [Fact]
    public async Task Watch_OfAPrint_TellsItsWholeWay_AndSubscribesBeforeItLogsIn()
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        await using var connector = Connect(printer);
        await using var log = new ReadingLog(connector);
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Idle);
        await connector.StoreAsync(PrintFiles.Write(_folder, "cube.gcode"), default);

        await connector.StartAsync("cube.gcode", default);
        printer.Heat(50, 200);
        var heating = await log.UntilAsync(reading => reading.Status == OperatingStatus.Heating);
        printer.Heat(200, 200);
        printer.Set("Printing", 25);
        var printing = await log.UntilAsync(reading => reading is { Status: OperatingStatus.Printing, Progress: 0.25 });
        printer.Finish();
        var finished = await log.UntilAsync(reading => reading.Status == OperatingStatus.Finished);

        Assert.Equal(("cube.gcode", true, 200.0), (heating.FileName, heating.Occupied, heating.Tools[0].Target));
        Assert.Equal((30.0, 60.0, 22.5), (printing.Elapsed, printing.Remaining, printing.Bed));
        Assert.Equal(("cube.gcode", false), (finished.FileName, finished.Occupied));
        Assert.Equal(RemoteJobState.Completed, (await connector.FindAsync("cube.gcode", default))!.State);
        await printer.UntilAsync(() => printer.Said.Count >= 3);
        Assert.Contains("\"subscribe\"", printer.Said[0], StringComparison.Ordinal);
        Assert.Contains("\"events\":[", printer.Said[0], StringComparison.Ordinal);
        Assert.Contains("\"auth\"", printer.Said[1], StringComparison.Ordinal);
        Assert.Contains("\"throttle\"", printer.Said[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task HeatUp_OfASmallFile_IsOneToo_ThoughItsLineIsMoreThanThePercent()
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        await using var connector = Connect(printer);
        await using var log = new ReadingLog(connector);
        printer.PrintTime = 0;
        printer.Begin("cube.gcode");

        printer.Heat(50, 120);
        printer.Set("Printing", 8);
        await log.UntilAsync(reading => reading is { Status: OperatingStatus.Heating, Progress: 0.08 });
        printer.PrintTime = 4;
        printer.Set("Printing", 12);
        await log.UntilAsync(reading => reading is { Status: OperatingStatus.Printing, Progress: 0.12 });
    }

    [Fact]
    public async Task Cancel_StaysCancellingUntilTheFirmwareYields_AndItsFirstEventDecides()
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        await using var connector = Connect(printer);
        await using var log = new ReadingLog(connector);
        printer.Begin("cube.gcode");
        await log.UntilAsync(reading => reading.Occupied);
        printer.IsBlocked = true;

        await connector.CancelAsync(default);
        var cancelling = await log.UntilAsync(reading => reading.Status == OperatingStatus.Cancelling);
        printer.Yield();
        var stopped = await log.UntilAsync(reading => reading.Status == OperatingStatus.Stopped);

        Assert.True(cancelling.Occupied);
        Assert.False(stopped.Occupied);
        Assert.Equal(RemoteJobState.Cancelled, (await connector.FindAsync("cube.gcode", default))!.State);
    }

    [Fact]
    public async Task Pause_ThatWeAskedFor_StaysPausingAndIsNoAttention()
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        await using var connector = Connect(printer);
        await using var log = new ReadingLog(connector);
        printer.Begin("cube.gcode");
        await log.UntilAsync(reading => reading.Occupied);
        printer.IsBlocked = true;

        await connector.PauseAsync(default);
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Pausing);
        printer.Set("Paused");
        var paused = await log.UntilAsync(reading => reading.Status is OperatingStatus.Paused or OperatingStatus.Attention);
        await connector.ResumeAsync(default);
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Printing);

        Assert.Equal((OperatingStatus.Paused, 0), (paused.Status, paused.Troubles.Length));
    }

    [Fact]
    public async Task Pause_OfTheFirmware_IsAttention_AndOneOfAPersonIsNot()
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        await using var connector = Connect(printer);
        await using var log = new ReadingLog(connector);
        printer.Begin("cube.gcode");
        await log.UntilAsync(reading => reading.Occupied);

        printer.Event("PrintPaused");
        printer.Set("Paused");
        var empty = await log.UntilAsync(reading => reading.Status is OperatingStatus.Paused or OperatingStatus.Attention);
        printer.Set("Printing");
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Printing);
        printer.Set("Paused");
        printer.Event("PrintPaused", new JsonObject { ["user"] = "ann" });
        var byHand = await log.UntilAsync(reading => reading.Status is OperatingStatus.Paused or OperatingStatus.Attention);

        Assert.Equal((OperatingStatus.Attention, AlertCode.FilamentOut, true), (empty.Status, empty.Troubles.Single().Code, empty.Occupied));
        Assert.Equal(OperatingStatus.Paused, byHand.Status);
    }

    [Fact]
    public async Task FatalError_IsAnErrorWithItsWords_AndNothingIsConnectedUnasked()
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        await using var connector = Connect(printer);
        await using var log = new ReadingLog(connector);
        printer.Begin("cube.gcode");
        await log.UntilAsync(reading => reading.Occupied);

        printer.Halt("Thermal Runaway, system stopped! Heater_ID: bed");
        var broken = await log.UntilAsync(reading => reading.Status == OperatingStatus.Error);
        _time.Advance(TimeSpan.FromMinutes(10));
        var asked = await connector.GetStatusAsync(default);

        Assert.Equal((false, AlertCode.ThermalRunaway), (broken.Occupied, broken.Troubles.Single().Code));
        Assert.Contains("connect it again", broken.Troubles[0].Message, StringComparison.Ordinal);
        Assert.Equal((OperatingStatus.Error, AlertCode.ThermalRunaway), (asked.Status, asked.Troubles.Single().Code));
        var job = await connector.FindAsync("cube.gcode", default);
        Assert.Equal(RemoteJobState.Failed, job!.State);
        Assert.Contains("Runaway", job.Message, StringComparison.Ordinal);
        Assert.Equal(0, printer.Count("POST /api/connection"));
    }

    [Theory]
    [InlineData("SerialException: device reports readiness to read but returned no data", "(SerialException: device reports")]
    [InlineData("Too many consecutive timeouts, printer still connected and alive?", "alive?)")]
    public async Task LostPort_IsNoFaultOfTheFirmware_AndTheJobWasCutOff(string error, string words)
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        await using var connector = Connect(printer);
        await using var log = new ReadingLog(connector);
        printer.Begin("cube.gcode");
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Printing);

        printer.Close(error);
        var lost = await log.UntilAsync(reading => reading.Status == OperatingStatus.Error);

        Assert.Equal(AlertCode.ConnectionLost, lost.Troubles.Single().Code);
        Assert.Contains(words, lost.Troubles[0].Message, StringComparison.Ordinal);
        var job = await connector.FindAsync("cube.gcode", default);
        Assert.Equal(RemoteJobState.Interrupted, job!.State);
        Assert.Contains(words, job.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disconnect_InMidPrint_CutsTheJobOff_AndIsOffline()
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        await using var connector = Connect(printer);
        await using var log = new ReadingLog(connector);
        printer.Begin("cube.gcode");
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Printing);

        printer.Close();
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Offline);

        var job = await connector.FindAsync("cube.gcode", default);
        Assert.Equal((RemoteJobState.Interrupted, "OctoPrint's connection to its printer was closed"), (job!.State, job.Message));
    }

    [Fact]
    public async Task Cancel_ThatNobodyWanted_SaysWhy()
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        await using var connector = Connect(printer);
        await using var log = new ReadingLog(connector);

        printer.Begin("reset.gcode");
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Printing);
        printer.Cancel(user: null, reset: true);
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Stopped);
        printer.Begin("fault.gcode");
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Printing);
        printer.Cancel(user: null, firmwareError: "Unexpected fault");
        await log.UntilAsync(reading => reading is { Status: OperatingStatus.Stopped, FileName: "fault.gcode" });
        printer.Begin("panel.gcode");
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Printing);
        printer.Cancel(user: null);
        await log.UntilAsync(reading => reading is { Status: OperatingStatus.Stopped, FileName: "panel.gcode" });

        var (reset, fault, panel) = (
            await connector.FindAsync("reset.gcode", default), await connector.FindAsync("fault.gcode", default), await connector.FindAsync("panel.gcode", default));
        Assert.Equal((RemoteJobState.Interrupted, "the printer was reset in mid print"), (reset!.State, reset.Message));
        Assert.Equal((RemoteJobState.Failed, "Unexpected fault"), (fault!.State, fault.Message));
        Assert.Equal(RemoteJobState.Cancelled, panel!.State);
    }

    [Fact]
    public async Task Watch_ThatHasToLogInAgain_DoesSo_AndThePrinterIsNeverOffline()
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        await using var connector = Connect(printer);
        await using var log = new ReadingLog(connector);
        printer.Begin("cube.gcode");
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Printing);

        foreach (var (reason, completion) in new[] { ("modified", 10), ("stale", 20) })
        {
            printer.WantLogin(reason);
            printer.Set("Printing", completion);
            await log.UntilAsync(reading =>
            {
                Assert.Equal(OperatingStatus.Printing, reading.Status);
                return reading.Progress == completion / 100.0;
            });
        }

        Assert.Equal(3, printer.Count("POST /api/login"));
    }

    [Fact]
    public async Task Watch_WhoseNewLoginCountsForNothing_BeginsAnew()
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        await using var connector = Connect(printer);
        await using var log = new ReadingLog(connector);
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Idle);

        lock (printer.Gate)
        {
            printer.WantLogin("stale");
            printer.WantLogin("stale");
        }

        var offline = await log.UntilAsync(reading => reading.Status == OperatingStatus.Offline);
        Assert.Contains("login", offline.Troubles.Single().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.9.3", 1)]
    [InlineData("2.0.0", 0)]
    public async Task FatalError_WhereTheSettingsPermitIt_IsReconnectedOnce_UnlessThePrinterIsNoSerialOne(string version, int tries)
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        printer.Version = version;
        await using var connector = Connect(printer, options => options.Reconnect = true);
        await using var log = new ReadingLog(connector);
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Idle);

        printer.Halt("Printer halted. kill() called!");
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Error);
        _time.Advance(TimeSpan.FromSeconds(5));
        await printer.AskedAsync("GET /api/version");
        if (tries > 0)
            await log.UntilAsync(reading => reading.Status == OperatingStatus.Idle);

        Assert.Equal(tries, printer.Count("POST /api/connection"));
    }

    [Fact]
    public async Task Find_OfAnOperationalPrinterAtHundredPerCent_IsNoSuccessWithoutAWord()
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        await using var connector = Connect(printer);
        await using var log = new ReadingLog(connector);
        printer.Begin("cube.gcode");
        await log.UntilAsync(reading => reading.Occupied);

        printer.Finish(tellEvent: false, history: false);
        var idle = await log.UntilAsync(reading => !reading.Occupied);
        var found = await _time.PassUntilAsync(connector.FindAsync("cube.gcode", default));

        Assert.Equal((OperatingStatus.Idle, null), (idle.Status, idle.FileName));
        Assert.Null(found);
    }

    [Fact]
    public async Task Find_WithoutTheEvent_BelievesTheHistoryOfTheFile()
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        printer.Begin("cube.gcode");
        printer.Finish(tellEvent: false);
        await using var connector = Connect(printer);
        await using var log = new ReadingLog(connector);

        Assert.Equal(RemoteJobState.Completed, (await connector.FindAsync("cube.gcode", default))!.State);
        await log.UntilAsync(reading => reading is { Status: OperatingStatus.Finished, FileName: "cube.gcode" });
    }

    [Fact]
    public async Task Find_AfterOctoPrintEndedInMidPrint_KnowsNothing()
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        await using var connector = Connect(printer);
        await using var log = new ReadingLog(connector);
        printer.Begin("cube.gcode");
        await log.UntilAsync(reading => reading.Occupied);

        printer.Crash();
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Offline);
        await _time.PassUntilAsync(log.UntilAsync(reading => reading.Status == OperatingStatus.Idle));

        Assert.Null(await _time.PassUntilAsync(connector.FindAsync("cube.gcode", default)));
    }

    [Fact]
    public async Task Refusals_AreToldApart()
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        await using var connector = Connect(printer);
        await using var stranger = Connect(printer, options => options.ApiKey = "wrong");
        var (cube, model) = (PrintFiles.Write(_folder, "cube.gcode"), PrintFiles.Write(_folder, "cube.stl"));
        await connector.StoreAsync(cube, default);

        Assert.Equal(PrinterFault.Unauthorized, await FaultAsync(() => stranger.DescribeAsync(default)));
        Assert.Equal(PrinterFault.NotTaken, await FaultAsync(() => connector.StoreAsync(model, default)));
        Assert.Equal(PrinterFault.Refused, await FaultAsync(() => connector.CancelAsync(default)));
        Assert.Equal(PrinterFault.Refused, await FaultAsync(() => connector.PauseAsync(default)));
        Assert.Equal(PrinterFault.Refused, await FaultAsync(() => connector.StartAsync("none.gcode", default)));
        printer.Begin("cube.gcode");
        Assert.Equal(PrinterFault.Busy, await FaultAsync(() => connector.StartAsync("cube.gcode", default)));
        Assert.Equal(PrinterFault.Busy, await FaultAsync(() => connector.StoreAsync(cube, default)));
        Assert.Equal(PrinterFault.Busy, await FaultAsync(() => connector.RemoveAsync("cube.gcode", default)));
        printer.Finish();
        await connector.RemoveAsync("cube.gcode", default);
        await connector.RemoveAsync("cube.gcode", default);
        Assert.False(await connector.HasAsync("cube.gcode", cube.Size, default));
    }

    [Fact]
    public async Task Store_ThatIsBrokenOffEachTime_IsNotTaken_AndIsNotTriedForEver()
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        await using var connector = Connect(printer);
        var last = new TaskCompletionSource();
        printer.Interfere = context =>
        {
            var uploads = HttpMethods.IsPost(context.Request.Method) && context.Request.Path == "/api/files/local";
            if (uploads)
                context.Abort();
            if (printer.Count("POST /api/files/local") == 5)
                last.TrySetResult();
            return Task.FromResult(uploads);
        };

        var storing = connector.StoreAsync(PrintFiles.Write(_folder, "cube.gcode"), default);
        await _time.PassUntilAsync(last.Task);
        var fault = await Assert.ThrowsAsync<PrinterException>(() => storing);

        Assert.Equal(PrinterFault.NotTaken, fault.Fault);
        Assert.Contains("server.uploads.maxSize", fault.Message, StringComparison.Ordinal);
        Assert.Equal(5, printer.Count("POST /api/files/local"));
    }

    [Fact]
    public async Task Watch_WithoutAWebSocket_AsksInstead()
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        printer.HasSocket = false;
        await using var connector = Connect(printer);
        await using var log = new ReadingLog(connector);
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Idle);

        printer.Begin("cube.gcode");
        await _time.PassUntilAsync(log.UntilAsync(reading => reading.Status == OperatingStatus.Printing));
        printer.Set("Paused");
        await _time.PassUntilAsync(log.UntilAsync(reading => reading.Status == OperatingStatus.Attention));
        printer.Set("Printing");
        printer.Finish(tellEvent: false);
        await _time.PassUntilAsync(log.UntilAsync(reading => reading.Status == OperatingStatus.Finished));
    }

    [Fact]
    public async Task Watch_OfAPrinterThatIsNotConnected_IsOfflineAndSaysSo()
    {
        await using var printer = await ScriptedOctoPrint.StartAsync();
        await using var connector = Connect(printer);
        await using var log = new ReadingLog(connector);
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Idle);

        printer.Set("Offline");
        var offline = await log.UntilAsync(reading => reading.Status == OperatingStatus.Offline);

        Assert.Contains("connect it in OctoPrint", offline.Troubles.Single().Message, StringComparison.Ordinal);
        Assert.Equal(OperatingStatus.Offline, (await connector.GetStatusAsync(default)).Status);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<PrinterFault> FaultAsync(Func<Task> call) => (await Assert.ThrowsAsync<PrinterException>(call)).Fault;

    private OctoPrintConnector Connect(ScriptedOctoPrint printer, Action<PrinterOptions>? change = null)
    {
        var options = new PrinterOptions { Id = "p", Kind = PrinterKind.OctoPrint, Address = printer.Address, ApiKey = ScriptedOctoPrint.Key };
        change?.Invoke(options);
        return new OctoPrintConnector(options, new HostPolicies(_time), _time);
    }
}
