using System.CommandLine;
using System.Text.Json;
using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Commands;
using Dwapi.Edge.PluginBle.Tests.Scripted;
using Dwapi.Edge.Sources.Bluetooth;
using Dwapi.Edge.Tests.Bluetooth;
using Dwapi.Edge.Tests.Bluetooth.Contract;
using Dwapi.Edge.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dwapi.Edge.PluginBle.Tests;

/// <summary>The edge with this radio.</summary>
public sealed class PluginBleEdgeTests
{
    private const string Address = "00:A0:50:00:11:22";

    private static readonly StagedCharacteristic[] Thermometer =
    [
        new(0x1809, 0x2A1C, CharacteristicProperties.Indicate),
        new(0x180F, 0x2A19, CharacteristicProperties.Read | CharacteristicProperties.Notify, 51),
    ];

    [Theory]
    [InlineData(Habits.Windows)]
    [InlineData(Habits.Android)]
    public async Task Source_TakesTheValuesOfADevice_AndLetsItGo(Habits habits)
    {
        var stage = new ScriptedStage(habits);
        await stage.AddAsync(Address, "Thermo One", Thermometer);
        using var slots = new ConnectionSlots(1);
        var source = new BluetoothSource(
            stage.Central,
            new WatchPolicy([]),
            slots,
            new SessionSettings(new BluetoothTiming(), SetClocks: false, TimeZoneInfo.Utc),
            TimeProvider.System,
            NullLogger.Instance);
        var sink = new RecordingSink();
        using var stop = new CancellationTokenSource();
        var scanning = stage.NextScanAsync();
        var running = source.RunAsync(sink, stop.Token);
        await scanning;

        await stage.AdvertiseAsync(Address, 0x1809);
        await stage[Address].Find(0x2A1C).Subscribed.WaitAsync(Patience.Token);
        await stage.SendAsync(Address, 0x2A1C, 0x00, 0x6C, 0x01, 0x00, 0xFF);
        await sink.ReachAsync("ble-00a050001122 2A1C 006C0100FF");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.Equal(
            ["ble-00a050001122 here", "ble-00a050001122 2A19 33", "ble-00a050001122 2A1C 006C0100FF", "ble-00a050001122 gone"], sink.Events);
        Assert.False(stage[Address].IsHeld);
    }

    [Fact]
    public async Task Scan_OnTheCommandLine_ListsWhatTheRadioHears()
    {
        var stage = new ScriptedStage(Habits.Windows);
        await stage.AddAsync(Address, "Thermo One", Thermometer);
        var scanning = stage.NextScanAsync();
        var output = new StringWriter();
        var command = EdgeCommand.Create(PluginBleRadio.Over(() => stage.Bluetooth, ScriptedStage.PlatformOf(Habits.Windows)));
        var running = command.Parse(["scan", "--seconds", "60", "--count", "1", "--json"]).InvokeAsync(
            new InvocationConfiguration { Output = output, Error = TextWriter.Null }, Patience.Token);
        await scanning;

        await stage.AdvertiseAsync(Address, 0x1809);

        Assert.Equal(ExitCode.Ok, await running);
        var device = Assert.Single(JsonDocument.Parse(output.ToString()).RootElement.GetProperty("devices").EnumerateArray());
        Assert.Equal((Address, "Thermo One"), (device.GetProperty("address").GetString(), device.GetProperty("name").GetString()));
    }

    [Fact]
    public void Program_AsksForNoWebServer_WhichItsPlatformsDoNotHave()
    {
        using var settings = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "dwapi-edge-pluginble.runtimeconfig.json")));

        // One is "framework", several are "frameworks".
        var framework = settings.RootElement.GetProperty("runtimeOptions").GetProperty("framework");
        Assert.Equal("Microsoft.NETCore.App", framework.GetProperty("name").GetString());
    }

    [Fact]
    public void Settings_OfBlueZ_AreRefused()
    {
        var open = PluginBleRadio.Over(() => new ScriptedBluetooth(Habits.Windows), PluginBlePlatform.Windows);

        var fault = Assert.Throws<EdgeOptionsException>(() => open(new BluetoothOptions { Adapter = "hci0" }, TimeProvider.System, NullLogger.Instance));

        Assert.StartsWith("Bluetooth:Adapter is for BlueZ.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_ForPlainNet_SaysWhichPlatformIsNeeded()
    {
        var fault = Assert.Throws<EdgeOptionsException>(() => PluginBleRadio.Open(new BluetoothOptions(), TimeProvider.System, NullLogger.Instance));

        Assert.Contains("on Windows with -p:BleTarget=", fault.Message, StringComparison.Ordinal);
        Assert.Contains("on Linux run dwapi-edge", fault.Message, StringComparison.Ordinal);
    }
}
