using System.Globalization;
using System.Text.Json;
using Dwapi.Edge.Tests.Bluetooth;
using Dwapi.EndToEnd.Tests.Faults;
using Dwapi.EndToEnd.Tests.Hosts;

namespace Dwapi.EndToEnd.Tests.Applications;

/// <summary>
/// A full ward with everything that goes wrong at a radio. Host and edge are processes of their own, bluetoothd is played by python3-dbusmock; whatever
/// happens, each value is at the host once, and an application reads the last one.
/// </summary>
public sealed class BluetoothTroublesTests
{
    private const int Devices = 20;
    private const int Slots = 3;
    private const string Adapter = "/org/bluez/hci0";
    private const string Resolved = "org.bluez.Device1', {'ServicesResolved': dbus.Boolean(True)}";

    [Fact(Timeout = 240_000)]
    public async Task TwentyDevices_ThreeSlots_AndEveryTrouble_EachValueIsAtTheHostOnce()
    {
        await using var bluez = await FakeBlueZ.StartAsync();
        await using var host = new HostProcess();
        await host.StartAsync();
        var (config, _) = await EdgeSettings.WriteAsync(
            host,
            new { enabled = true, bus = bluez.Bus.Address, relayUnknown = true, connectionSlots = Slots, connectSeconds = 5, longestPauseSeconds = 1 });
        using var @operator = host.Operator();
        using var application = new ApplicationClient(host.Url, "https://ward.example");
        var access = application.RequestAccess("serviceDiscovery,health");
        await @operator.Decide(await @operator.FirstPendingApproval(), approve: true);
        await access;

        var ward = new List<string>();
        for (var i = 0; i < Devices; i++)
            ward.Add(await ThermometerAsync(bluez, i, 360 + i));
        await OnConnectAsync(bluez, ward[0], $"if self.tries < 3:\n    {FakeBlueZ.CountOut}    {FakeBlueZ.Fail("org.bluez.Error.Failed")}\n{FakeBlueZ.Connected}");
        await OnConnectAsync(bluez, ward[1], $"if self.tries < 2:\n    {FakeBlueZ.CountOut}else:\n    {FakeBlueZ.Connected.TrimEnd().ReplaceLineEndings("\n    ")}\n");
        await OnConnectAsync(
            bluez, ward[2], FakeBlueZ.Set("Connected", true) + $"from gi.repository import GLib\nGLib.timeout_add(500, lambda s=self: s.UpdateProperties('{Resolved}))\n");

        await using var edge = new ChildProcess(ChildProcess.Program("Edge", "dwapi-edge.dll"), "run", "--config", config);
        await edge.LineWith("Bluetooth is On");
        await Task.WhenAll(ward.Select(device => bluez.AdvertiseOnAsync(device, 0x1809)));
        await HasAsync(@operator, Enumerable.Range(0, Devices).Select(i => (i, (int[])[360 + i])));
        Assert.Equal((3, 2), (await bluez.CallsAsync(ward[0], "Connect"), await bluez.CallsAsync(ward[1], "Connect")));
        Assert.InRange(await bluez.PeakAsync(), 1, Slots);

        // A device that went when it had sent comes again; so does one after the adapter had no power, and one after bluetoothd crashed.
        await SendsAsync(bluez, ward[3], 403);
        await bluez.AdvertiseAsync(ward[3], 0x1809);
        await HasAsync(@operator, [(3, [363, 403])]);

        await bluez.SetPowerAsync(false);
        await edge.LineWith("Bluetooth is Off");
        var scanning = bluez.NextCallAsync(Adapter, "StartDiscovery");
        await bluez.SetPowerAsync(true);
        await scanning;
        await SendsAsync(bluez, ward[4], 404);
        await bluez.AdvertiseAsync(ward[4], 0x1809);
        await HasAsync(@operator, [(4, [364, 404])]);

        await bluez.KillDaemonAsync();
        await edge.LineWith("bluetoothd does not run");
        await bluez.StartDaemonAsync();
        await bluez.AddAdapterAsync();
        var again = await ThermometerAsync(bluez, 5, 405);
        await bluez.AdvertiseOnAsync(again, 0x1809);
        await HasAsync(@operator, [(5, [365, 405])]);

        var read = await application.Health("GET", "thermometer", ServiceOf(5));
        Assert.Equal("40.5", read.GetProperty("thermometer").GetProperty("temperature").GetProperty("value").GetRawText());
        await edge.TerminateAsync();
        Assert.Equal(0, await edge.ExitAsync());
        await HasAsync(@operator, Enumerable.Range(6, Devices - 6).Select(i => (i, (int[])[360 + i])));
    }

    private static string ServiceOf(int i) => string.Create(CultureInfo.InvariantCulture, $"ble-aabbcc0000{i:x2}");

    /// <summary>A thermometer that sends one value, in tenths, when it is subscribed to, and drops the link.</summary>
    private static async Task<string> ThermometerAsync(FakeBlueZ bluez, int i, int tenths)
    {
        var device = await bluez.AddDeviceAsync(string.Create(CultureInfo.InvariantCulture, $"AA:BB:CC:00:00:{i:X2}"), $"Thermometer {i}");
        await bluez.AddCharacteristicAsync(await bluez.AddServiceAsync(device, 0x1809), 0x2A1C, "indicate");
        await OnConnectAsync(bluez, device, FakeBlueZ.Connected);
        await SendsAsync(bluez, device, tenths);
        return device;
    }

    /// <summary>What a connect does; how many there are at once is counted, and how often it was tried.</summary>
    private static Task OnConnectAsync(FakeBlueZ bluez, string device, string code) => bluez.OnAsync(
        device,
        "Connect",
        FakeBlueZ.CountIn + "self.tries = getattr(self, 'tries', 0) + 1\n" + code);

    private static Task SendsAsync(FakeBlueZ bluez, string device, int tenths) =>
        bluez.SendAndDropAsync(device, device + "/service0001/char0001", $"00{tenths & 0xFF:X2}{tenths >> 8:X2}00FF");

    /// <summary>Waits until the host has these values, in tenths, of these devices: no other, and none twice.</summary>
    private static async Task HasAsync(OperatorClient @operator, IEnumerable<(int Device, int[] Tenths)> wanted)
    {
        foreach (var (device, tenths) in wanted)
        {
            var values = Array.Empty<int>();
            await Eventually.True(
                async () =>
                {
                    values = await ValuesAsync(@operator, ServiceOf(device));
                    return values.Length >= tenths.Length;
                },
                $"{tenths.Length} values of {ServiceOf(device)}");
            Assert.Equal(tenths, values);
        }
    }

    private static async Task<int[]> ValuesAsync(OperatorClient @operator, string service)
    {
        using var answer = await @operator.Http.GetAsync($"/api/v1/devices/{service}/history?newestFirst=false");
        return answer.IsSuccessStatusCode
            ? [.. JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("measurements").EnumerateArray().Select(Tenths)]
            : [];
    }

    private static int Tenths(JsonElement row) => (int)(row.GetProperty("quantities").GetProperty("temperature").GetProperty("value").GetDecimal() * 10);
}
