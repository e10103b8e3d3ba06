using Dwapi.Edge.Printers;
using Dwapi.Edge.Printers.Moonraker;
using Dwapi.Edge.Resilience;
using Dwapi.Edge.Tests.Support;
using Dwapi.Edge.Tests.VirtualPrinters;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Tests.Printers;

/// <summary>The connector against the virtual printer, which behaves as observed (printing-3dp.md 4.2).</summary>
public sealed class MoonrakerConnectorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Describe_GivesAllThreeBlocks()
    {
        await using var bench = await PrinterBench.StartAsync();
        await using var connector = Connect(bench);

        var (device, attributes) = await connector.DescribeAsync(default);

        Assert.Equal(("virtual-printer", "Acme", 16), (device.ProductName, device.ManufacturerName, device.SystemId.Length));
        Assert.NotEmpty(device.FirmwareRevision);
        Assert.Equal((220.0, 220.0, 250.0), (attributes.PrintSizeX, attributes.PrintSizeY, attributes.PrintSizeZ));
        Assert.Equal((1000.0, 0.4, true), (attributes.Memory, attributes.NozzleDiameter, attributes.HeatedBed));
    }

    [Fact]
    public async Task Watch_OfAPrint_TellsItsWholeWay()
    {
        await using var bench = await PrinterBench.StartAsync();
        await using var connector = Connect(bench);
        await using var log = new ReadingLog(connector);
        Assert.Equal(OperatingStatus.Idle, (await log.UntilAsync(_ => true)).Status);

        await connector.StoreAsync(Cube("cube.gcode"), default);
        await connector.StartAsync("cube.gcode", default);
        bench.Advance(20);
        var heating = await log.UntilAsync(reading => reading.Status == OperatingStatus.Heating);
        bench.Advance(60);
        var printing = await log.UntilAsync(reading => reading.Status == OperatingStatus.Printing);
        bench.Advance(200);
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Finished);

        Assert.InRange(heating.Tools[0].Actual!.Value, 50, 150);
        Assert.Equal(("cube.gcode", true, 200.0), (printing.FileName, printing.Occupied, printing.Tools[0].Target));
        Assert.NotNull(printing.Progress);
        var job = await connector.FindAsync("cube.gcode", default);
        Assert.Equal((RemoteJobState.Completed, "000001"), (job!.State, job.Id));
    }

    [Fact]
    public async Task Store_SendsTheChecksum_SoThatADamagedFileIsRefused()
    {
        await using var bench = await PrinterBench.StartAsync();
        await using var connector = Connect(bench);

        var refusal = await Assert.ThrowsAsync<PrinterException>(() => connector.StoreAsync(Cube("cube.gcode") with { Sha256 = new string('0', 64) }, default));
        await connector.StoreAsync(Cube("cube.gcode"), default);

        Assert.Equal(PrinterFault.Damaged, refusal.Fault);
        Assert.True(await connector.HasAsync("cube.gcode", PrinterBench.Cube.Length, default));
        Assert.False(await connector.HasAsync("cube.gcode", 1, default));
        Assert.False(await connector.HasAsync("other.gcode", 1, default));
    }

    [Fact]
    public async Task Start_WhileSomebodyElsePrints_IsBusyAndStartsNothing()
    {
        await using var bench = await PrinterBench.StartAsync();
        await bench.PrintAsync("theirs.gcode", PrinterBench.Cube);
        await using var connector = Connect(bench);
        await connector.StoreAsync(Cube("cube.gcode"), default);

        var refusal = await Assert.ThrowsAsync<PrinterException>(() => connector.StartAsync("cube.gcode", default));
        var inUse = await Assert.ThrowsAsync<PrinterException>(() => connector.StoreAsync(Cube("theirs.gcode"), default));

        Assert.Equal((PrinterFault.Busy, PrinterFault.Busy, 1), (refusal.Fault, inUse.Fault, bench.Printer.History.Count));
        Assert.True((await connector.GetStatusAsync(default)).Occupied);
    }

    [Fact]
    public async Task Pause_ThatIsAnsweredLate_ReturnsAndIsSeenInTheReadings()
    {
        await using var bench = await PrinterBench.StartAsync();
        var time = new ManualTime();
        await using var connector = Connect(bench, time);
        await using var log = new ReadingLog(connector);
        await bench.PrintAsync("cube.gcode", PrinterBench.Cube);
        bench.Advance(10);
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Heating);

        var pause = connector.PauseAsync(default);
        Assert.False(pause.IsCompleted);
        await bench.WaitsAsync(1);
        time.Advance(TimeSpan.FromSeconds(10));
        await pause;
        Assert.Equal("printing", await bench.StateAsync());
        bench.Advance(60);

        await log.UntilAsync(reading => reading.Status == OperatingStatus.Paused);
    }

    [Fact]
    public async Task FilamentOut_IsAttention_AndAJamIsToldApart()
    {
        await using var bench = await PrinterBench.StartAsync();
        await using var connector = Connect(bench);
        await using var log = new ReadingLog(connector);
        await bench.PrintAsync("cube.gcode", PrinterBench.Cube);
        bench.Advance(60);

        await bench.ControlAsync("filament-out");
        bench.Advance(30);
        var empty = await log.UntilAsync(reading => reading.Status == OperatingStatus.Attention);
        await bench.ControlAsync("repair");
        await connector.ResumeAsync(default);
        await bench.ControlAsync("jam");
        bench.Advance(30);
        var jam = await log.UntilAsync(reading => reading.Troubles.Any(trouble => trouble.Code == AlertCode.Jam));

        Assert.Equal(AlertCode.FilamentOut, Assert.Single(empty.Troubles).Code);
        Assert.Equal(OperatingStatus.Attention, jam.Status);
    }

    [Fact]
    public async Task Shutdown_GoesBeforeStalePrintStats()
    {
        await using var bench = await PrinterBench.StartAsync();
        await using var connector = Connect(bench);
        await using var log = new ReadingLog(connector);
        await bench.PrintAsync("cube.gcode", PrinterBench.Cube);
        bench.Advance(60);

        await bench.ControlAsync("heater-fault");
        bench.Advance(60);
        var reading = await log.UntilAsync(reading => reading.Troubles.Any(trouble => trouble.Message.Contains("expected rate", StringComparison.Ordinal)));

        Assert.Equal("printing", await bench.StateAsync());
        Assert.Equal((OperatingStatus.Error, false, AlertCode.HeaterFault), (reading.Status, reading.Occupied, reading.Troubles[0].Code));
        Assert.Equal(RemoteJobState.Failed, (await connector.FindAsync("cube.gcode", default))!.State);
    }

    [Theory]
    [InlineData("moonraker-restart", nameof(RemoteJobState.Printing))]
    [InlineData("klipper-restart", nameof(RemoteJobState.Interrupted))]
    [InlineData("power-cut", nameof(RemoteJobState.Interrupted))]
    public async Task Find_AfterARestartInPrint_BelievesTheLiveStateFirst(string fault, string expected)
    {
        await using var bench = await PrinterBench.StartAsync();
        await using var connector = Connect(bench);
        await bench.PrintAsync("cube.gcode", PrinterBench.Cube);
        bench.Advance(60);

        await bench.ControlAsync(fault);

        Assert.Equal(expected, (await connector.FindAsync("cube.gcode", default))!.State.ToString());
        Assert.Null(await connector.FindAsync("never.gcode", default));
    }

    [Fact]
    public async Task Watch_OfABrokenLine_SaysOfflineAndComesBack()
    {
        await using var bench = await PrinterBench.StartAsync();
        await using var connector = Connect(bench);
        await using var log = new ReadingLog(connector);
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Idle);

        await bench.ControlAsync("link-loss");
        var offline = await log.UntilAsync(reading => reading.Status == OperatingStatus.Offline);
        await bench.ControlAsync("repair");
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Idle);

        Assert.Equal(AlertCode.ConnectionLost, Assert.Single(offline.Troubles).Code);
    }

    [Fact]
    public async Task Queue_OfThePrinter_IsInTheReadings()
    {
        await using var bench = await PrinterBench.StartAsync();
        await using var connector = Connect(bench);
        await using var log = new ReadingLog(connector);
        await bench.UploadAsync("theirs.gcode", "G28\n");

        await bench.PostAsync("/server/job_queue/job?filenames=theirs.gcode");
        var reading = await log.UntilAsync(reading => reading.Queue.Length > 0);

        Assert.Equal(["theirs.gcode"], reading.Queue);
        Assert.Equal(["theirs.gcode"], await connector.GetQueueAsync(default));
    }

    [Fact]
    public async Task Remove_OfWhatIsNotThere_IsNoFault()
    {
        await using var bench = await PrinterBench.StartAsync();
        await using var connector = Connect(bench);
        await connector.StoreAsync(Cube("cube.gcode"), default);

        await connector.RemoveAsync("cube.gcode", default);
        await connector.RemoveAsync("cube.gcode", default);

        Assert.Empty(bench.Printer.Files.All());
    }

    [Fact]
    public async Task Key_ThatIsMissing_IsUnauthorized_AndTheRightOneWatches()
    {
        await using var bench = await PrinterBench.StartAsync(apiKey: "secret");
        await using var stranger = Connect(bench);
        await using var connector = new MoonrakerConnector(
            new PrinterOptions { Id = "p", Address = bench.Address, ApiKey = "secret" }, new HostPolicies(TimeProvider.System), TimeProvider.System);
        await using var log = new ReadingLog(connector);

        Assert.Equal(PrinterFault.Unauthorized, (await Assert.ThrowsAsync<PrinterException>(() => stranger.DescribeAsync(default))).Fault);
        await log.UntilAsync(reading => reading.Status == OperatingStatus.Idle);
    }

    public void Dispose() => _folder.Dispose();

    private static MoonrakerConnector Connect(PrinterBench bench, TimeProvider? time = null) => new(
        new PrinterOptions { Id = "p", Address = bench.Address, Manufacturer = "Acme" }, new HostPolicies(time ?? TimeProvider.System), time ?? TimeProvider.System);

    private PrintFile Cube(string name) => PrintFiles.Write(_folder, name);
}
