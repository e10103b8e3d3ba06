using System.Text.Json;
using Dwapi.Edge.Tests.Bluetooth;
using Dwapi.EndToEnd.Tests.Faults;
using Dwapi.EndToEnd.Tests.Hosts;

namespace Dwapi.EndToEnd.Tests.Applications;

/// <summary>
/// A box with a Bluetooth adapter, as it is installed: host and edge are processes of their own, bluetoothd is played by python3-dbusmock.
/// What the devices send ends as GotAPI JSON at an application.
/// </summary>
public sealed class BluetoothTests
{
    [Fact]
    public async Task DevicesInTheRoom_AppearByThemselves_AndAreReadByAnApplication()
    {
        await using var bluez = await FakeBlueZ.StartAsync();
        await using var host = new HostProcess();
        await host.StartAsync();
        var (config, _) = await EdgeSettings.WriteAsync(host, new { enabled = true, bus = bluez.Bus.Address, relayUnknown = true });
        await using var edge = new ChildProcess(ChildProcess.Program("Edge", "dwapi-edge.dll"), "run", "--config", config);
        using var application = new ApplicationClient(host.Url, "https://ward.example");
        using var @operator = host.Operator();
        var access = application.RequestAccess("serviceDiscovery,serviceInformation,health");
        await @operator.Decide(await @operator.FirstPendingApproval(), approve: true);
        await access;

        await SendAsync(bluez, "C0:00:00:00:18:09", 0x1809, 0x2A1C, "indicate", "00 6C 01 00 FF");
        await SendAsync(bluez, "C0:00:00:00:18:22", 0x1822, 0x2A5F, "notify", "1F D4 F3 63 00 D4 F3 60 00 CA F3 63 00 00 01 00 00 00 CE E2");
        await SendAsync(bluez, "C0:00:00:00:18:10", 0x1810, 0x2A35, "indicate", "00 8A 00 58 00 78 00");

        Assert.Equal("36.4", (await OneShotAsync(application, "thermometer", "ble-c00000001809")).GetProperty("temperature").GetProperty("value").GetRawText());
        var oximeter = await OneShotAsync(application, "pulseOximeter", "ble-c00000001822");
        Assert.Equal("98.0", oximeter.GetProperty("spo2").GetProperty("value").GetRawText());
        Assert.Equal("7.18", oximeter.GetProperty("perfusionIndex").GetProperty("value").GetRawText());
        var pressure = await OneShotAsync(application, "bloodPressure", "ble-c00000001810");
        Assert.Equal(("138", "266016"), (pressure.GetProperty("systolic").GetProperty("value").GetRawText(), pressure.GetProperty("systolic").GetProperty("unitCode").GetString()));
        var information = await application.Expect("GET", $"/gotapi/serviceInformation?serviceId=ble-c00000001822&accessToken={application.Token}");
        Assert.Contains("pulseOximeter", information.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Brings a device into the room that sends one value once it is subscribed to.</summary>
    private static async Task SendAsync(FakeBlueZ bluez, string address, ushort service, ushort characteristic, string kind, string hex)
    {
        var device = await bluez.AddDeviceAsync(address, $"Device {service:X4}");
        var measurement = await bluez.AddCharacteristicAsync(await bluez.AddServiceAsync(device, service), characteristic, kind);
        var subscribed = bluez.NextCallAsync(measurement, "StartNotify");
        await bluez.AdvertiseAsync(device, service);
        await subscribed;
        await bluez.SendAsync(measurement, hex);
    }

    private static async Task<JsonElement> OneShotAsync(ApplicationClient application, string attribute, string service)
    {
        var answer = default(JsonElement);
        await Eventually.True(
            async () =>
            {
                answer = await application.Health("GET", attribute, service);
                return answer.GetProperty("result").GetInt32() == 0;
            },
            $"a result of {service}");
        return answer.GetProperty(attribute);
    }
}
