using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Dwapi.Edge.Tests.Support;
using Dwapi.VirtualPrinters;

namespace Dwapi.Edge.Tests.VirtualPrinters;

/// <summary>The virtual printer behaves as the observed Moonraker and Klipper (printing-3dp.md 4.2).</summary>
public sealed class VirtualPrinterTests
{
    [Fact]
    public async Task Print_OfAFile_HeatsPrintsAndCompletes()
    {
        await using var bench = await PrinterBench.StartAsync();
        await bench.PrintAsync("cube.gcode", PrinterBench.Cube);

        bench.Advance(15);
        Assert.InRange((double)(await bench.ObjectAsync("extruder"))["temperature"]!, 60, 100);
        Assert.Equal(0, (double)(await bench.ObjectAsync("print_stats"))["print_duration"]!);
        bench.Advance(100);
        Assert.InRange((double)(await bench.ObjectAsync("virtual_sdcard"))["progress"]!, 0.5, 0.95);
        Assert.Equal("printing", await bench.StateAsync());
        bench.Advance(100);

        Assert.Equal("complete", await bench.StateAsync());
        Assert.Equal("completed", await bench.HistoryAsync());
        Assert.Equal(20, (double)(await bench.ObjectAsync("print_stats"))["filament_used"]!, 3);
    }

    [Fact]
    public async Task Pause_DuringHeatUp_IsAnsweredOnlyAfterIt()
    {
        await using var bench = await PrinterBench.StartAsync();
        await bench.PrintAsync("cube.gcode", PrinterBench.Cube);
        bench.Advance(15);

        var pause = bench.PostAsync("/printer/print/pause");
        await bench.WaitsAsync(1);
        Assert.Equal("printing", await bench.StateAsync());
        Assert.False(pause.IsCompleted);
        while (!pause.IsCompleted)
        {
            bench.Advance(5);
            await bench.StateAsync();
        }

        Assert.Equal((200, "ok"), ((await pause).Status, (string)(await pause).Body["result"]!));
        Assert.Equal("paused", await bench.StateAsync());
        Assert.Equal(200, (await bench.PostAsync("/printer/print/resume")).Status);
        bench.Advance(300);
        Assert.Equal("complete", await bench.StateAsync());
    }

    [Fact]
    public async Task Start_WhilePrintingOrWithoutFile_IsRefusedInKlippersWords()
    {
        await using var bench = await PrinterBench.StartAsync();
        var none = await bench.PostAsync("/printer/print/start?filename=none.gcode");
        await bench.PrintAsync("cube.gcode", PrinterBench.Cube);
        var busy = await bench.PostAsync("/printer/print/start?filename=cube.gcode");
        var inUse = await bench.UploadAsync("cube.gcode", "G28\n");

        Assert.Equal((400, "Unable to open file"), (none.Status, (string)none.Body["error"]!["message"]!));
        Assert.Equal((400, "SD busy"), (busy.Status, (string)busy.Body["error"]!["message"]!));
        Assert.Equal(403, inUse.Status);
    }

    [Fact]
    public async Task Upload_WithAnotherChecksum_Is422AndLeavesNothing()
    {
        await using var bench = await PrinterBench.StartAsync();

        Assert.Equal(422, (await bench.UploadAsync("cube.gcode", PrinterBench.Cube, new string('0', 64))).Status);
        Assert.Empty(bench.Printer.Files.All());
        Assert.Equal(400, (await bench.UploadAsync("../../cube.gcode", PrinterBench.Cube)).Status);
    }

    [Fact]
    public async Task FilamentOut_InPrint_PausesWithAnEmptyMessage()
    {
        await using var bench = await PrinterBench.StartAsync();
        await bench.PrintAsync("cube.gcode", PrinterBench.Cube);
        bench.Advance(110);

        await bench.ControlAsync("filament-out");
        bench.Advance(30);

        Assert.Equal("paused", await bench.StateAsync());
        Assert.Equal("", (string)(await bench.ObjectAsync("print_stats"))["message"]!);
        Assert.False((bool)(await bench.ObjectAsync("filament_switch_sensor runout"))["filament_detected"]!);
    }

    [Fact]
    public async Task HeaterFault_InPrint_ShutsDownWithStalePrintStats()
    {
        await using var bench = await PrinterBench.StartAsync();
        await bench.PrintAsync("cube.gcode", PrinterBench.Cube);
        bench.Advance(60);

        await bench.ControlAsync("heater-fault");
        bench.Advance(60);

        Assert.Equal("printing", await bench.StateAsync());
        Assert.Equal("shutdown", (string)(await bench.ObjectAsync("webhooks"))["state"]!);
        Assert.Equal("klippy_shutdown", await bench.HistoryAsync());
        Assert.Equal(400, (await bench.PostAsync("/printer/print/start?filename=cube.gcode")).Status);
        await bench.ControlAsync("repair");
        await bench.PostAsync("/printer/firmware_restart");
        Assert.Equal("standby", await bench.StateAsync());
    }

    [Theory]
    [InlineData("moonraker-restart", "printing", "interrupted")]
    [InlineData("klipper-restart", "standby", "klippy_disconnect")]
    [InlineData("power-cut", "standby", "interrupted")]
    public async Task Restart_InPrint_LosesWhatTheRealOneLoses(string fault, string state, string history)
    {
        await using var bench = await PrinterBench.StartAsync();
        await bench.PrintAsync("cube.gcode", PrinterBench.Cube);
        bench.Advance(110);

        await bench.ControlAsync(fault);

        Assert.Equal(state, await bench.StateAsync());
        Assert.Equal(history, await bench.HistoryAsync());
        Assert.Single(bench.Printer.Files.All());
    }

    [Fact]
    public async Task Process_EndsInPrint_KeepsFilesAndHistoryOnly()
    {
        await using var bench = await PrinterBench.StartAsync();
        await bench.PrintAsync("cube.gcode", PrinterBench.Cube);
        bench.Advance(110);

        await bench.RestartAsync();

        Assert.Equal("standby", await bench.StateAsync());
        Assert.Equal("interrupted", await bench.HistoryAsync());
        Assert.Single(bench.Printer.Files.All());
    }

    [Fact]
    public async Task LinkLoss_BreaksEverything_WhileThePrintGoesOn()
    {
        await using var bench = await PrinterBench.StartAsync();
        await bench.PrintAsync("cube.gcode", PrinterBench.Cube);
        using var socket = await bench.ConnectAsync();

        await bench.ControlAsync("link-loss");

        await Assert.ThrowsAsync<WebSocketException>(() => PrinterBench.ReceiveAsync(socket));
        await Assert.ThrowsAsync<HttpRequestException>(bench.StateAsync);
        bench.Advance(300);
        await bench.ControlAsync("repair");
        Assert.Equal("complete", await bench.StateAsync());
    }

    [Theory]
    [InlineData("G28\nG1 X10 E5 F600\n", "Extrude below minimum temp")]
    [InlineData("G28\nG1 X1000 F600\n", "Move out of range")]
    [InlineData("G1 X10 F600\n", "Must home axis first")]
    public async Task Gcode_ThatCannotBeDone_EndsWithItsError(string gcode, string message)
    {
        await using var bench = await PrinterBench.StartAsync();
        await bench.PrintAsync("bad.gcode", gcode);

        bench.Advance(30);

        Assert.Equal("error", await bench.StateAsync());
        Assert.StartsWith(message, (string)(await bench.ObjectAsync("print_stats"))["message"]!, StringComparison.Ordinal);
        Assert.Equal("error", await bench.HistoryAsync());
    }

    [Fact]
    public async Task Queue_AfterAJob_PausesItself()
    {
        await using var bench = await PrinterBench.StartAsync();
        await bench.UploadAsync("a.gcode", "G28\n");
        await bench.PostAsync("/server/job_queue/job?filenames=a.gcode,a.gcode,a.gcode");

        await bench.PostAsync("/server/job_queue/start");
        bench.Advance(20);
        var queue = await bench.GetAsync("/server/job_queue/status");

        Assert.Equal("complete", await bench.StateAsync());
        Assert.Equal("paused", (string)queue["queue_state"]!);
        Assert.Equal(2, queue["queued_jobs"]!.AsArray().Count);
        Assert.Equal(1, bench.Printer.History.Count);
    }

    [Fact]
    public async Task Subscription_AnswersTheFullState_AndThenTellsWhatChanged()
    {
        await using var bench = await PrinterBench.StartAsync();
        using var socket = await bench.ConnectAsync();
        await PrinterBench.SendAsync(socket, """{"jsonrpc":"2.0","method":"printer.objects.subscribe","params":{"objects":{"print_stats":["state","filename"],"extruder":null}},"id":7}""");
        var full = await PrinterBench.ReceiveAsync(socket);
        await bench.PrintAsync("cube.gcode", PrinterBench.Cube);

        var told = new List<JsonNode>();
        while (!told.Any(message => (string?)message["method"] == "notify_status_update"))
            told.Add(await PrinterBench.ReceiveAsync(socket));

        Assert.Equal(7, (int)full["id"]!);
        Assert.Equal("standby", (string)full["result"]!["status"]!["print_stats"]!["state"]!);
        Assert.Equal(["notify_filelist_changed", "notify_history_changed", "notify_status_update"], told.Select(message => (string)message["method"]!));
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"print_stats":{"filename":"cube.gcode","state":"printing"}}"""), told[^1]["params"]![0]));
    }

    [Fact]
    public async Task Access_WithAKey_WantsItOrATokenOnce()
    {
        await using var bench = await PrinterBench.StartAsync(apiKey: "secret", new ManualTime());
        using var stranger = new HttpClient { BaseAddress = bench.Address };
        var token = (string)(await bench.GetAsync("/access/oneshot_token"))!;

        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/server/info")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync($"/server/info?token={token}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync($"/server/info?token={token}")).StatusCode);
        using var socket = await bench.ConnectAsync();
        await PrinterBench.SendAsync(socket, """{"jsonrpc":"2.0","method":"server.info","id":1}""");
        Assert.Equal(-32602, (int)(await PrinterBench.ReceiveAsync(socket))["error"]!["code"]!);
        await PrinterBench.SendAsync(socket, """{"jsonrpc":"2.0","method":"server.connection.identify","params":{"client_name":"t","version":"1","type":"agent","url":"u","api_key":"secret"},"id":2}""");
        Assert.NotNull((await PrinterBench.ReceiveAsync(socket))["result"]);
    }

    [Fact]
    public async Task Count_GivesPrintersOfTheirOwn_InOneProcess()
    {
        using var folder = new TemporaryFolder();
        await using var host = await VirtualPrinterHost.StartAsync(
            new VirtualPrinterOptions { Count = 3, Folder = folder["printers"], TimeScale = 0 }, TimeProvider.System, Patience.Token);
        using var client = new HttpClient();

        var names = new List<string>();
        foreach (var address in host.Addresses)
        {
            var info = await client.GetFromJsonAsync<JsonNode>(new Uri(address, "printer/info"), Patience.Token);
            names.Add((string)info!["result"]!["hostname"]!);
        }

        var second = host.Addresses.ElementAt(1);
        (await client.PostAsync(new Uri(second, "virtual/link-loss"), null, Patience.Token)).EnsureSuccessStatusCode();

        Assert.Equal(["virtual-printer-0", "virtual-printer-1", "virtual-printer-2"], names);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(new Uri(second, "printer/info"), Patience.Token));
        Assert.NotEmpty(await client.GetStringAsync(new Uri(host.Address, "printer/info"), Patience.Token));
    }
}
