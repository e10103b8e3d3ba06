using Dwapi.Edge.DBus;
using Dwapi.Edge.Sources.Bluetooth;
using static Dwapi.Edge.Tests.Bluetooth.BluetoothWard;

namespace Dwapi.Edge.Tests.Bluetooth;

/// <summary>The battery of a connected device: what it sends, and what the system follows.</summary>
public sealed class BatteryTests
{
    private const string Battery1 = "org.bluez.Battery1";

    private static readonly BluetoothTiming Quick = new() { Look = TimeSpan.FromMilliseconds(50) };

    [Fact]
    public async Task Level_ThatTheDeviceSends_IsDelivered()
    {
        await using var ward = await StartAsync();
        var (device, measurement) = await ward.ThermometerAsync();
        var battery = await ward.BlueZ.AddCharacteristicAsync(await ward.BlueZ.AddServiceAsync(device, 0x180F), 0x2A19, "read notify", [51]);
        var followed = ward.BlueZ.NextCallAsync(battery, "StartNotify");
        await ward.SubscribedAsync(device, measurement);
        await followed;

        await ward.BlueZ.SendAsync(battery, "32");
        await ward.BlueZ.SendAsync(measurement, Temperature);
        await ward.Sink.ReachAsync($"{Service} 2A1C {Temperature}");

        Assert.Equal([$"{Service} here", $"{Service} 2A19 33", $"{Service} 2A19 32", $"{Service} 2A1C {Temperature}"], ward.Sink.Events);
    }

    [Fact]
    public async Task Level_ThatTheSystemFollows_IsTakenFromThere()
    {
        await using var ward = await StartAsync(timing: Quick);
        var (device, measurement) = await ward.ThermometerAsync();
        var battery = await ward.BlueZ.AddCharacteristicAsync(await ward.BlueZ.AddServiceAsync(device, 0x180F), 0x2A19, "read notify", [51]);
        await ward.BlueZ.CallAsync(
            device,
            new DBusMethod("org.freedesktop.DBus.Mock", "AddProperties", "sa{sv}"),
            Battery1,
            new Dictionary<object, object> { ["Percentage"] = new DBusVariant(new DBusSignature("y"), (byte)80) });
        await ward.BlueZ.UpdateAsync(device, Battery1, "Percentage", "y", (byte)80);
        await ward.SubscribedAsync(device, measurement);
        await ward.Sink.ReachAsync($"{Service} 2A19 50");

        await ward.BlueZ.UpdateAsync(device, Battery1, "Percentage", "y", (byte)79);
        await ward.Sink.ReachAsync($"{Service} 2A19 4F");

        Assert.Equal([$"{Service} here", $"{Service} 2A19 50", $"{Service} 2A19 4F"], ward.Sink.Events);
        Assert.Equal((0, 0), (await ward.BlueZ.CallsAsync(battery, "ReadValue"), await ward.BlueZ.CallsAsync(battery, "StartNotify")));
    }
}
