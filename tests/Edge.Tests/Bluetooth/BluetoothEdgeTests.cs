using System.Text.Json;
using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Sources.Bluetooth.Devices;
using Dwapi.Edge.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dwapi.Edge.Tests.Bluetooth;

/// <summary>A whole edge with its Bluetooth source against the fake bluetoothd, up to a server that acknowledges.</summary>
public sealed class BluetoothEdgeTests : IDisposable
{
    private const string Temperature = "00 6C 01 00 FF";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Thermometer_ComesIntoSight_IsReadAndRelayed()
    {
        await using var bluez = await FakeBlueZ.StartAsync();
        await using var server = await AckingServer.StartAsync();
        await using var edge = Edge(server, bluez);
        var device = await bluez.AddDeviceAsync("AA:BB:CC:00:11:22", "Thermo One");
        var service = await bluez.AddServiceAsync(device, 0x1809);
        var measurement = await bluez.AddCharacteristicAsync(service, 0x2A1C, "indicate");
        var information = await bluez.AddServiceAsync(device, 0x180A);
        await bluez.AddCharacteristicAsync(information, 0x2A24, "read", "HT-1"u8.ToArray());
        await edge.StartAsync(default);
        var subscribed = bluez.NextCallAsync(measurement, "StartNotify");

        await bluez.AdvertiseAsync(device, 0x1809);
        await subscribed;
        await bluez.SendAsync(measurement, Temperature);
        await server.ReachAsync(1);

        var item = Assert.Single(server.Items()).Value;
        Assert.Equal(("ble-aabbcc001122", "thermometer"), (item.ServiceId, item.Attribute));
        Assert.Equal("36.4", JsonDocument.Parse(item.Quantities).RootElement.GetProperty("temperature").GetProperty("value").GetRawText());
        var announced = server.Services["ble-aabbcc001122"];
        Assert.Equal("Thermo One", announced.Name);
        Assert.Equal("HT-1", JsonDocument.Parse(announced.Device).RootElement.GetProperty("modelNumber").GetString());
    }

    [Fact]
    public async Task UnknownDevice_IsShownAndNotRelayed_UntilItIsAllowed()
    {
        await using var bluez = await FakeBlueZ.StartAsync();
        await using var server = await AckingServer.StartAsync();
        await using var edge = Edge(server, bluez, relayUnknown: false);
        var device = await bluez.AddDeviceAsync("AA:BB:CC:00:11:22", "Thermo One");
        var measurement = await bluez.AddCharacteristicAsync(await bluez.AddServiceAsync(device, 0x1809), 0x2A1C, "indicate");
        await edge.StartAsync(default);
        await bluez.AdvertiseAsync(device, 0x1809);
        while (DeviceBook.ReadReport(_folder["data"])?.Devices is not [{ Name: "Thermo One", Allowed: false }])
            await Task.Delay(20, Patience.Token);
        Assert.Equal(0, await bluez.CallsAsync(device, "Connect"));

        var subscribed = bluez.NextCallAsync(measurement, "StartNotify");
        new DeviceRules(_folder["data"]).Change(
            new BluetoothAddress(0xAABBCC001122), rule => rule with { Allowed = true, Name = "Ear 3", Label = "Room 12" });
        await bluez.AdvertiseAsync(device, 0x1809);
        await subscribed;
        await bluez.SendAsync(measurement, Temperature);
        await server.ReachAsync(1);

        // Another patient, while the device is connected: what it sends from then on belongs to that one.
        subscribed = bluez.NextCallAsync(measurement, "StartNotify");
        var letGo = bluez.NextCallAsync(device, "Disconnect");
        new DeviceRules(_folder["data"]).Change(new BluetoothAddress(0xAABBCC001122), rule => rule with { Label = "Room 14" });
        await letGo;
        await bluez.AdvertiseAsync(device, 0x1809);
        await subscribed;
        await bluez.SendAsync(measurement, Temperature);
        await server.ReachAsync(2);

        Assert.Equal("Ear 3", server.Services["ble-aabbcc001122"].Name);
        Assert.Equal(["Room 12", "Room 14"], server.Items().Select(item =>
            JsonDocument.Parse(item.Value.Quantities).RootElement.GetProperty("label").GetString()));
    }

    [Fact]
    public async Task Battery_ThatChanges_TravelsWithTheNextMeasurement()
    {
        await using var bluez = await FakeBlueZ.StartAsync();
        await using var server = await AckingServer.StartAsync();
        await using var edge = Edge(server, bluez);
        var device = await bluez.AddDeviceAsync("AA:BB:CC:00:11:22", "Thermo One");
        var measurement = await bluez.AddCharacteristicAsync(await bluez.AddServiceAsync(device, 0x1809), 0x2A1C, "indicate");
        var battery = await bluez.AddCharacteristicAsync(await bluez.AddServiceAsync(device, 0x180F), 0x2A19, "read notify", [51]);
        await edge.StartAsync(default);
        var followed = bluez.NextCallAsync(battery, "StartNotify");
        await bluez.AdvertiseAsync(device, 0x1809);
        await followed;

        await bluez.SendAsync(measurement, Temperature);
        await bluez.SendAsync(battery, "32");
        await bluez.SendAsync(measurement, Temperature);
        await server.ReachAsync(2);

        Assert.Equal(["0.51", "0.5"], server.Items().Select(item => item.Value.BatteryLevel));
    }

    public void Dispose() => _folder.Dispose();

    private EdgeHost Edge(AckingServer server, FakeBlueZ bluez, bool relayUnknown = true) => new(
        new EdgeOptions
        {
            Server = server.Address,
            Key = "k",
            DataDirectory = _folder["data"],
            Bluetooth = new BluetoothOptions { Enabled = true, Bus = bluez.Bus.Address, RelayUnknown = relayUnknown },
        },
        NullLoggerFactory.Instance,
        TimeProvider.System);
}
