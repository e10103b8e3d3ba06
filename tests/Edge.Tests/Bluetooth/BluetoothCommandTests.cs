using System.CommandLine;
using System.Text.Json;
using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Commands;
using Dwapi.Edge.Sources.Bluetooth.Devices;
using Dwapi.Edge.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dwapi.Edge.Tests.Bluetooth;

/// <summary>The verbs that look at the radio, in front of the fake bluetoothd.</summary>
public sealed class BluetoothCommandTests : IDisposable
{
    private const string Address = "AA:BB:CC:00:11:22";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Scan_Json_ListsTheHealthDevicesInSight()
    {
        await using var bluez = await FakeBlueZ.StartAsync();
        var thermometer = await bluez.AddDeviceAsync(Address, "Thermo One");
        await bluez.AdvertiseAsync(thermometer, 0x1809);
        await bluez.AdvertiseAsync(await bluez.AddDeviceAsync("AA:BB:CC:00:11:33", "Headphones"), 0x110B);

        var (exit, output, _) = await RunAsync("scan", "--bus", bluez.Bus.Address, "--seconds", "60", "--count", "1", "--json");

        Assert.Equal(ExitCode.Ok, exit);
        var device = Assert.Single(JsonDocument.Parse(output).RootElement.GetProperty("devices").EnumerateArray());
        Assert.Equal((Address, "Thermo One", "thermometer", -79), (
            device.GetProperty("address").GetString(), device.GetProperty("name").GetString(), device.GetProperty("kinds")[0].GetString(),
            device.GetProperty("rssi").GetInt32()));
    }

    [Fact]
    public async Task Scan_NoAdapter_SaysWhatToDo()
    {
        await using var bluez = await FakeBlueZ.StartAsync(adapter: false);

        var (exit, _, error) = await RunAsync("scan", "--bus", bluez.Bus.Address, "--seconds", "60");

        Assert.Equal(ExitCode.Bluetooth, exit);
        Assert.Contains("Plug one in", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("monitor")]
    [InlineData("capture FILE")]
    [InlineData("pair AA:BB:CC:00:11:22")]
    public async Task Radio_ThatIsNotThere_EndsTheVerb_AndSaysWhatToDo(string verb)
    {
        string[] words = [.. verb.Split(' ').Select(word => word == "FILE" ? _folder["a.jsonl"] : word), "--bus", $"unix:path={_folder["bus"]}"];

        // No end of its own, where it can have none.
        var (exit, output, error) = await RunAsync(verb.StartsWith("pair", StringComparison.Ordinal) ? words : [.. words, "--seconds", "0"]);

        Assert.Equal((ExitCode.Bluetooth, ""), (exit, output));
        Assert.Contains("Is dbus-daemon running", error.Split("dwapi-edge: ")[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scan --seconds -5", "--seconds is 0")]
    [InlineData("scan --seconds 1e12", "--seconds is 0")]
    [InlineData("monitor --seconds NaN", "--seconds is 0")]
    [InlineData("pair AA:BB:CC:00:11:22 --passkey 1234567", "--passkey is six digits")]
    [InlineData("devices --name Ear", "go with --allow ADDRESS")]
    public async Task Argument_ThatMakesNoSense_IsRefused(string command, string reason)
    {
        var (exit, _, error) = await RunAsync(command.Split(' '));

        Assert.Equal(ExitCode.Configuration, exit);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Capture_OfADevice_IsOneThatReplayReads()
    {
        await using var bluez = await FakeBlueZ.StartAsync();
        var device = await bluez.AddDeviceAsync(Address, "Thermo One");
        var measurement = await bluez.AddCharacteristicAsync(await bluez.AddServiceAsync(device, 0x1809), 0x2A1C, "indicate");
        await bluez.AdvertiseAsync(device, 0x1809);
        var subscribed = bluez.NextCallAsync(measurement, "StartNotify");

        using var stop = new CancellationTokenSource();
        var capturing = RunAsync(stop.Token, "capture", _folder["a.jsonl"], Address, "--bus", bluez.Bus.Address, "--seconds", "0", "--json");
        await subscribed;
        await bluez.SendAsync(measurement, "00 6C 01 00 FF");

        while (!File.ReadAllText(_folder["a.jsonl"]).Contains("2A1C", StringComparison.Ordinal))
            await Task.Delay(20, Patience.Token);
        await stop.CancelAsync();
        var (exit, output, _) = await capturing;

        Assert.Equal((ExitCode.Ok, 1), (exit, JsonDocument.Parse(output).RootElement.GetProperty("values").GetInt32()));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(_folder["a.jsonl"]) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        await using var server = await AckingServer.StartAsync();
        (exit, output, _) = await RunAsync("replay", _folder["a.jsonl"], "--fast", "--to", server.Address.ToString(), "--key", "k", "--json");
        Assert.Equal(ExitCode.Ok, exit);
        Assert.Equal("ble-aabbcc001122", Assert.Single(server.Items()).Value.ServiceId);
    }

    [Fact]
    public async Task Monitor_Json_ShowsEachValueDecoded()
    {
        await using var bluez = await FakeBlueZ.StartAsync();
        var device = await bluez.AddDeviceAsync(Address, "Belt");
        var measurement = await bluez.AddCharacteristicAsync(await bluez.AddServiceAsync(device, 0x180D), 0x2A37, "notify");
        await bluez.AdvertiseAsync(device, 0x180D);
        var subscribed = bluez.NextCallAsync(measurement, "StartNotify");

        using var stop = new CancellationTokenSource();
        var output = new WatchedWriter("2A37");
        var monitoring = EdgeCommand.Create().Parse(["monitor", "--bus", bluez.Bus.Address, "--seconds", "0", "--json"]).InvokeAsync(
            new InvocationConfiguration { Output = output, Error = TextWriter.Null }, stop.Token);
        await subscribed;
        await bluez.SendAsync(measurement, "0055");
        await output.Shown.WaitAsync(Patience.Token);
        await stop.CancelAsync();

        Assert.Equal(ExitCode.Ok, await monitoring);
        var line = JsonDocument.Parse(output.ToString().Trim()).RootElement;
        Assert.Equal(("2A37", "0055", "85"), (
            line.GetProperty("characteristic").GetString(), line.GetProperty("hex").GetString(),
            line.GetProperty("object").GetProperty("heart").GetProperty("rate").GetProperty("value").GetRawText()));
    }

    [Fact]
    public async Task Pair_JustWorks_NeedsNoPerson()
    {
        await using var bluez = await FakeBlueZ.StartAsync();
        var device = await bluez.AddDeviceAsync(Address, "Thermo One");
        await bluez.OnAsync(device, "Pair", FakeBlueZ.Set("Paired", true));
        await bluez.AdvertiseAsync(device, 0x1809);

        var (exit, output, error) = await RunAsync("pair", Address, "--bus", bluez.Bus.Address);

        Assert.True(exit == ExitCode.Ok, error);
        Assert.Contains("is paired", output, StringComparison.Ordinal);
        Assert.Equal(1, await bluez.CallsAsync(device, "Pair"));
    }

    [Fact]
    public async Task Devices_AllowDenyForget_AreKept()
    {
        File.WriteAllText(_folder["edge.json"], """{"dataDirectory": "data"}""");

        await RunAsync("devices", "--config", _folder["edge.json"], "--allow", Address, "--name", "Ear 3", "--label", "Room 12", "--reset-energy", "true");
        var (_, allowed, _) = await RunAsync("devices", "--config", _folder["edge.json"]);
        await RunAsync("devices", "--config", _folder["edge.json"], "--deny", Address);
        var (_, denied, _) = await RunAsync("devices", "--config", _folder["edge.json"], "--json");
        await RunAsync("devices", "--config", _folder["edge.json"], "--forget", Address);
        var (_, forgotten, _) = await RunAsync("devices", "--config", _folder["edge.json"]);

        Assert.Contains("allowed Ear 3 [Room 12]", allowed, StringComparison.Ordinal);
        var rule = Assert.Single(JsonDocument.Parse(denied).RootElement.GetProperty("rules").EnumerateArray());
        Assert.Equal((false, "Ear 3", true), (
            rule.GetProperty("allowed").GetBoolean(), rule.GetProperty("name").GetString(), rule.GetProperty("resetEnergy").GetBoolean()));
        Assert.DoesNotContain(Address, forgotten, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"address": "AA:BB:CC:00:11:22"}, {"address": "aa:bb:cc:00:11:22", "allowed": false}]""", "is there twice")]
    [InlineData("[null]", "null is no address")]
    [InlineData("""[{"address": "thermo"}]""", "thermo is no address")]
    [InlineData("[{", "cannot be read")]
    public async Task Devices_FileThatMakesNoSense_IsSaid_AndAllowsNobody(string text, string reason)
    {
        File.WriteAllText(_folder["devices.json"], text);

        var error = Assert.Throws<EdgeOptionsException>(() => new DeviceRules(_folder[""]).Read());
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);

        // The edge that runs goes on, whatever it hears.
        var book = new DeviceBook(_folder[""], relayUnknown: true, TimeProvider.System, NullLogger.Instance);
        Assert.Null(book.RuleOf(new BluetoothAdvertisement(new BluetoothAddress(0xAABBCC001122), "Ear", -60, [], IsPaired: false)));
        Assert.Equal(ExitCode.Configuration, await DevicesAsync(_folder[""]));
    }

    [Fact]
    public async Task Devices_FileInSmallLetters_IsOfTheSameDevice()
    {
        File.WriteAllText(_folder["edge.json"], """{"dataDirectory": "."}""");
        File.WriteAllText(_folder["devices.json"], """[{"address": "aa:bb:cc:00:11:22", "name": "Ear 3"}]""");

        await RunAsync("devices", "--config", _folder["edge.json"], "--allow", Address, "--label", "Room 12");

        var (address, rule) = Assert.Single(new DeviceRules(_folder[""]).Read());
        Assert.Equal((0xAABBCC001122ul, Address, "Ear 3", "Room 12"), (address, rule.Address, rule.Name, rule.Label));
    }

    [Fact]
    public async Task Devices_FileThatCannotBeWritten_IsSaid()
    {
        File.WriteAllText(_folder["edge.json"], """{"dataDirectory": "edge.json/data"}""");

        var (exit, _, error) = await RunAsync("devices", "--config", _folder["edge.json"], "--allow", Address);

        Assert.Equal(ExitCode.Configuration, exit);
        Assert.Contains("devices.json cannot be", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Devices_NoAddress_IsToldHowToWriteOne()
    {
        var (exit, _, error) = await RunAsync("devices", "--allow", "thermo");

        Assert.Equal(ExitCode.Configuration, exit);
        Assert.Contains("AA:BB:CC:00:11:22", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_FindsWhatIsWrong_AndSaysWhatToDo()
    {
        await using var bluez = await FakeBlueZ.StartAsync(adapter: false);
        File.WriteAllText(_folder["edge.json"], $$$"""
            {"server": "ws://127.0.0.1:9", "key": "k", "dataDirectory": "data", "bluetooth": {"enabled": true, "bus": "{{{bluez.Bus.Address}}}"}}
            """);

        var (exit, output, _) = await RunAsync("doctor", "--config", _folder["edge.json"], "--json");

        Assert.Equal(ExitCode.Unwell, exit);
        var findings = JsonDocument.Parse(output).RootElement.GetProperty("findings").EnumerateArray().ToDictionary(finding => finding.GetProperty("what").GetString()!);
        Assert.True(findings["settings"].GetProperty("ok").GetBoolean());
        Assert.True(findings["outbox"].GetProperty("ok").GetBoolean());
        Assert.Contains("Plug one in", findings["bluetooth"].GetProperty("mend").GetString(), StringComparison.Ordinal);
        Assert.False(findings["server"].GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task Doctor_SettingsThatItCannotUse_AreFindings()
    {
        File.WriteAllText(_folder["edge.json"], """{"server": "ws://127.0.0.1:9", "key": "k", "dataDirectory": "/proc/dwapi", "bluetooth": {"enabled": true, "bus": "tcp:host=a"}}""");

        var (exit, output, _) = await RunAsync("doctor", "--config", _folder["edge.json"], "--json");

        Assert.Equal(ExitCode.Unwell, exit);
        var findings = JsonDocument.Parse(output).RootElement.GetProperty("findings").EnumerateArray().ToDictionary(finding => finding.GetProperty("what").GetString()!);
        Assert.Contains("is no address of a bus", findings["bluetooth"].GetProperty("found").GetString(), StringComparison.Ordinal);
        Assert.Contains("/proc cannot be written", findings["disk"].GetProperty("found").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_BluetoothThatIsOff_IsSaid()
    {
        File.WriteAllText(_folder["edge.json"], """{"server": "ws://127.0.0.1:9", "key": "k", "dataDirectory": "data"}""");

        var (_, output, _) = await RunAsync("doctor", "--config", _folder["edge.json"]);

        Assert.Contains("bluetooth  off in the settings -> \"bluetooth\": { \"enabled\": true }", output, StringComparison.Ordinal);
        Assert.Equal(["edge.json"], Directory.EnumerateFileSystemEntries(_folder[""]).Select(Path.GetFileName));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<int> DevicesAsync(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "edge.json"), """{"dataDirectory": "."}""");
        return (await RunAsync("devices", "--config", Path.Combine(folder, "edge.json"))).Exit;
    }

    private static Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments) => RunAsync(Patience.Token, arguments);

    private static async Task<(int Exit, string Output, string Error)> RunAsync(CancellationToken stop, params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exit = await EdgeCommand.Create().Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, stop);
        return (exit, output.ToString(), error.ToString());
    }

    /// <summary>Tells when a line with some text was written.</summary>
    private sealed class WatchedWriter(string text) : StringWriter
    {
        private readonly TaskCompletionSource _shown = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Shown => _shown.Task;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains(text, StringComparison.Ordinal) == true)
                _shown.TrySetResult();
        }
    }
}
