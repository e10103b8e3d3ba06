using Dwapi.Edge.Printers;
using Dwapi.Edge.Printers.PrusaLink;
using Dwapi.Edge.Resilience;
using Dwapi.Edge.Tests.Printers.Scripted;
using Dwapi.Edge.Tests.Support;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Tests.Printers;

/// <summary>The connector against PrusaLink's behaviour (printing-3dp.md 4.3).</summary>
public sealed class PrusaLinkConnectorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData("MD5", true)]
    [InlineData("MD5-sess", true)]
    [InlineData("SHA-256", true)]
    [InlineData("SHA-256-sess", true)]
    [InlineData("", true)]
    [InlineData("", false)]
    public async Task Login_ByDigestOfAnyKind_IsChallengedOnce(string algorithm, bool qop)
    {
        await using var printer = await ScriptedPrusaLink.StartAsync();
        (printer.Algorithm, printer.Qop) = (algorithm, qop);
        await using var connector = Connect(printer);

        await connector.DescribeAsync(default);
        await connector.StoreAsync(PrintFiles.Write(_folder, "cube.gcode"), default);
        await connector.GetStatusAsync(default);

        Assert.Equal(1, printer.Challenges);
    }

    [Fact]
    public async Task Login_WithANonceThatGetsOld_GoesOn_AndAFileIsSentOnce()
    {
        await using var printer = await ScriptedPrusaLink.StartAsync();
        printer.NonceUses = 1;
        await using var connector = Connect(printer);
        var file = PrintFiles.Write(_folder, "cube.gcode", new string('G', 3_000_000));

        await connector.StoreAsync(file, default);
        await connector.GetStatusAsync(default);

        Assert.Equal(file.Size, printer.Received);
        Assert.True(printer.Challenges > 1);
    }

    [Theory]
    [InlineData(null, "wrong")]
    [InlineData("wrong", null)]
    public async Task Login_ThatIsWrong_IsUnauthorized(string? key, string? password)
    {
        await using var printer = await ScriptedPrusaLink.StartAsync();
        await using var connector = Connect(printer, options => (options.ApiKey, options.Password) = (key, password));

        Assert.Equal(PrinterFault.Unauthorized, await FaultAsync(() => connector.GetStatusAsync(default)));
        Assert.InRange(printer.Requests.Count, 1, 2);
    }

    [Fact]
    public async Task Login_ByKey_NeedsNoChallenge()
    {
        await using var printer = await ScriptedPrusaLink.StartAsync();
        await using var connector = Connect(printer, options => (options.ApiKey, options.Password) = (ScriptedPrusaLink.Key, null));

        await connector.GetStatusAsync(default);

        Assert.Equal(0, printer.Challenges);
    }

    [Fact]
    public async Task Describe_KnowsTheVolumeFromTheTableOfModels()
    {
        await using var printer = await ScriptedPrusaLink.StartAsync();
        await using var connector = Connect(printer);

        var (device, attributes) = await connector.DescribeAsync(default);

        Assert.Equal(("prusa-1", "MK3", "CZPX1", "3.14.1"), (device.ProductName, device.ModelNumber, device.SerialNumber, device.FirmwareRevision));
        Assert.Equal((250.0, 210.0, 210.0, 0.4), (attributes.PrintSizeX, attributes.PrintSizeY, attributes.PrintSizeZ, attributes.NozzleDiameter));
    }

    [Fact]
    public async Task Describe_OfAnotherModel_TakesTheFileOfModelsAndThenTheSettings()
    {
        await using var printer = await ScriptedPrusaLink.StartAsync();
        File.WriteAllText(_folder["models.json"], """[{"model": "Giant", "names": ["giant-2"], "printVolume": "900x800x700"}]""");
        await using var listed = Connect(printer, options => (options.Model, options.ModelsFile) = ("Giant 2", _folder["models.json"]));
        await using var set = Connect(printer, options => options.PrintVolume = "10x20x30");

        Assert.Equal(900, (await listed.DescribeAsync(default)).Attributes.PrintSizeX);
        Assert.Equal(30, (await set.DescribeAsync(default)).Attributes.PrintSizeZ);
    }

    [Theory]
    [InlineData("Original Prusa MK4S", "MK4")]
    [InlineData("PrusaLink I3MK3S", "MK3")]
    [InlineData("prusa mini+", "MINI")]
    [InlineData("CORE One", "CORE One")]
    [InlineData("prusa-xl", "XL")]
    [InlineData("box", null)]
    public void Models_AreFoundByWhatPrintersAndPeopleCallThem(string name, string? model) =>
        Assert.Equal(model, new PrinterModels(null).Find("", name)?.Model);

    [Theory]
    [InlineData("IDLE", OperatingStatus.Idle, false)]
    [InlineData("READY", OperatingStatus.Idle, false)]
    [InlineData("BUSY", OperatingStatus.Preparing, true)]
    [InlineData("PRINTING", OperatingStatus.Printing, true)]
    [InlineData("PAUSED", OperatingStatus.Paused, true)]
    [InlineData("ATTENTION", OperatingStatus.Attention, true)]
    [InlineData("FINISHED", OperatingStatus.Finished, false)]
    [InlineData("STOPPED", OperatingStatus.Stopped, false)]
    [InlineData("ERROR", OperatingStatus.Error, false)]
    public async Task Status_OfEveryState_IsOurs(string state, OperatingStatus expected, bool occupied)
    {
        await using var printer = await ScriptedPrusaLink.StartAsync();
        printer.ShortNames = true;
        printer.Begin("cube.gcode");
        printer.Set(state);
        await using var connector = Connect(printer);

        var reading = await connector.GetStatusAsync(default);

        Assert.Equal((expected, occupied), (reading.Status, reading.Occupied));
        Assert.Equal(expected == OperatingStatus.Idle ? null : "cube.gcode", reading.FileName);
        Assert.Equal(expected is OperatingStatus.Attention or OperatingStatus.Error ? 1 : 0, reading.Troubles.Length);
        Assert.Equal((214.9, 60.0), (reading.Tools.Single().Actual, reading.BedTarget));
        Assert.Equal(occupied ? (0.42, 520.0) : ((double?)null, (double?)null), (reading.Progress, reading.Remaining));
    }

    [Fact]
    public async Task Job_OfOneNumber_IsAskedForOnce()
    {
        await using var printer = await ScriptedPrusaLink.StartAsync();
        printer.Begin("cube.gcode");
        await using var connector = Connect(printer);

        for (var i = 0; i < 5; i++)
            await connector.GetStatusAsync(default);

        Assert.Equal(1, printer.Count("GET /api/v1/job"));
    }

    [Theory]
    [InlineData("FINISHED", nameof(RemoteJobState.Completed))]
    [InlineData("STOPPED", nameof(RemoteJobState.Cancelled))]
    [InlineData("ERROR", nameof(RemoteJobState.Failed))]
    [InlineData("IDLE", null)]
    public async Task Find_OfAJobThatIsGone_KnowsWhatWasSeenAndNoMore(string state, string? expected)
    {
        await using var printer = await ScriptedPrusaLink.StartAsync();
        printer.ForgetsJobs = true;
        printer.Begin("cube.gcode");
        await using var connector = Connect(printer);
        await connector.GetStatusAsync(default);

        printer.Set(state);
        await connector.GetStatusAsync(default);
        printer.Set("IDLE");

        Assert.Equal(expected, (await connector.FindAsync("cube.gcode", default))?.State.ToString());
        Assert.Null(await connector.FindAsync("other.gcode", default));
    }

    [Fact]
    public async Task Store_WaitsUntilTheFileShows()
    {
        await using var printer = await ScriptedPrusaLink.StartAsync();
        printer.HiddenLooks = 2;
        await using var connector = Connect(printer);

        await _time.PassUntilAsync(connector.StoreAsync(PrintFiles.Write(_folder, "cube.gcode"), default));
        await connector.StoreAsync(PrintFiles.Write(_folder, "cube.gcode"), default);

        Assert.True(printer.Holds("cube.gcode"));
        Assert.Equal(0, printer.HiddenLooks);
        await connector.RemoveAsync("cube.gcode", default);
        await connector.RemoveAsync("cube.gcode", default);
        Assert.False(printer.Holds("cube.gcode"));
    }

    [Fact]
    public async Task Store_WithoutAStick_SaysWhatToDo()
    {
        await using var printer = await ScriptedPrusaLink.StartAsync();
        printer.HasStorage = false;
        await using var connector = Connect(printer);

        var refusal = await Assert.ThrowsAsync<PrinterException>(() => connector.StoreAsync(PrintFiles.Write(_folder, "cube.gcode"), default));

        Assert.Equal(PrinterFault.NotTaken, refusal.Fault);
        Assert.Contains("USB stick", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_GoToTheJobInHand_AndRefusalsAreToldApart()
    {
        await using var printer = await ScriptedPrusaLink.StartAsync();
        await using var connector = Connect(printer);
        Assert.Equal(PrinterFault.Refused, await FaultAsync(() => connector.PauseAsync(default)));
        await connector.StoreAsync(PrintFiles.Write(_folder, "cube.gcode"), default);

        await connector.StartAsync("cube.gcode", default);
        Assert.Equal(PrinterFault.Busy, await FaultAsync(() => connector.StartAsync("cube.gcode", default)));
        Assert.Equal(PrinterFault.Busy, await FaultAsync(() => connector.RemoveAsync("cube.gcode", default)));
        await connector.PauseAsync(default);
        Assert.Equal("PAUSED", printer.State);
        Assert.Equal(PrinterFault.Refused, await FaultAsync(() => connector.PauseAsync(default)));
        await connector.ResumeAsync(default);
        Assert.Equal("PRINTING", printer.State);
        await connector.CancelAsync(default);
        Assert.Equal("STOPPED", printer.State);
        Assert.Equal(RemoteJobState.Cancelled, (await connector.FindAsync("cube.gcode", default))!.State);
    }

    [Fact]
    public async Task Watch_AsksQuicklyWhilePrinting_AndAtOnceAfterACommand()
    {
        await using var printer = await ScriptedPrusaLink.StartAsync();
        await using var connector = Connect(printer);
        await connector.StoreAsync(PrintFiles.Write(_folder, "cube.gcode"), default);
        await using var log = new ReadingLog(connector);
        var idle = await log.UntilAsync(reading => reading.Status == OperatingStatus.Idle);

        await connector.StartAsync("cube.gcode", default);
        var printing = await log.UntilAsync(reading => reading.Status == OperatingStatus.Printing);

        Assert.InRange(PrusaLinkPace.Next(idle).TotalSeconds, 9.6, 14.4);
        Assert.InRange(PrusaLinkPace.Next(printing).TotalSeconds, 4.8, 7.2);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<PrinterFault> FaultAsync(Func<Task> call) => (await Assert.ThrowsAsync<PrinterException>(call)).Fault;

    private PrusaLinkConnector Connect(ScriptedPrusaLink printer, Action<PrinterOptions>? change = null)
    {
        var options = new PrinterOptions { Id = "p", Kind = PrinterKind.PrusaLink, Address = printer.Address, Password = ScriptedPrusaLink.Password };
        change?.Invoke(options);
        return new PrusaLinkConnector(options, new HostPolicies(_time), _time);
    }
}
