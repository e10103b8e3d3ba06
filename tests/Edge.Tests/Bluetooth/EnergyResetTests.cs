using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Sources.Bluetooth;
using Dwapi.Edge.Sources.Bluetooth.Devices;
using static Dwapi.Edge.Tests.Bluetooth.BluetoothWard;

namespace Dwapi.Edge.Tests.Bluetooth;

/// <summary>The energy that a heart rate monitor counts, and when it begins at zero.</summary>
public sealed class EnergyResetTests
{
    private const ushort HeartRate = 0x180D;
    private const string Plain = "0055";
    private const string Last = "0056";
    private const string AtEnd = "0855FFFF";
    private const string AtZero = "08550000";

    private static readonly DeviceRule EachWearer = new() { Address = Address, Label = "Anna", ResetEnergy = true };

    [Fact]
    public async Task Energy_AtItsEnd_IsSetToZero_OnceEachTime()
    {
        await using var ward = await StartAsync();
        var (device, measurement, point) = await ward.HeartRateMonitorAsync();
        await ward.SubscribedAsync(device, measurement, HeartRate);

        foreach (var value in new[] { AtEnd, AtEnd, Plain, AtEnd, AtZero, AtEnd, Last })
            await ward.BlueZ.SendAsync(measurement, value);

        // Each value is done with before the next one is delivered.
        await ward.Sink.ReachAsync($"{Service} 2A37 {Last}");
        Assert.Equal(["01", "01"], await ResetsAsync(ward, point));
    }

    [Fact]
    public async Task Wearer_New_BeginsAtZero_AndGoesOnAfterABrokenConnection()
    {
        await using var ward = await StartAsync(timing: new BluetoothTiming { Look = TimeSpan.FromMilliseconds(50) });
        ward.Policy.Rule = EachWearer;
        var (device, measurement, point) = await ward.HeartRateMonitorAsync();
        var reset = ward.BlueZ.NextCallAsync(point, "WriteValue");
        await ward.SubscribedAsync(device, measurement, HeartRate);
        await reset;
        await ward.BlueZ.SendAsync(measurement, Plain);
        await ward.Sink.ReachAsync($"{Service} 2A37 {Plain}");
        await ward.BlueZ.DropAsync(device);
        await ward.Sink.ReachAsync($"{Service} gone");

        await ward.SubscribedAsync(device, measurement, HeartRate);
        await ward.BlueZ.SendAsync(measurement, Plain);
        await ward.Sink.ReachAsync($"{Service} 2A37 {Plain}", 2);
        Assert.Equal(["01"], await ResetsAsync(ward, point));

        ward.Policy.Rule = EachWearer with { Label = "Ben" };
        await ward.Sink.ReachAsync($"{Service} gone", 2);
        reset = ward.BlueZ.NextCallAsync(point, "WriteValue");
        await ward.BlueZ.AdvertiseAsync(device, HeartRate);
        await reset;

        Assert.Equal(["01", "01"], await ResetsAsync(ward, point));
        await ward.Policy.ReachAsync("connected, energy set to zero");
    }

    [Fact]
    public async Task Device_WithoutControlPoint_IsSaidToCountOn_AndMeasuresAsBefore()
    {
        await using var ward = await StartAsync();
        ward.Policy.Rule = EachWearer;
        var (device, measurement, _) = await ward.HeartRateMonitorAsync(countsEnergy: false);
        await ward.SubscribedAsync(device, measurement, HeartRate);

        await ward.Policy.ReachAsync("cannot be set to zero: it has no Heart Rate Control Point");
        await ward.BlueZ.SendAsync(measurement, Plain);

        await ward.Sink.ReachAsync($"{Service} 2A37 {Plain}");
    }

    [Fact]
    public async Task Device_ThatRefuses_IsSaidToCountOn_AndMeasuresAsBefore()
    {
        await using var ward = await StartAsync();
        ward.Policy.Rule = EachWearer;
        var (device, measurement, point) = await ward.HeartRateMonitorAsync();
        await ward.BlueZ.CallAsync(
            point,
            FakeBlueZ.AddMethod,
            "org.bluez.GattCharacteristic1",
            "WriteValue",
            "aya{sv}",
            "",
            "raise dbus.exceptions.DBusException('Operation failed with ATT error: 0x80', name='org.bluez.Error.Failed')");
        await ward.SubscribedAsync(device, measurement, HeartRate);

        await ward.Policy.ReachAsync("its energy is not set to zero: it did not take that");
        await ward.BlueZ.SendAsync(measurement, Plain);

        await ward.Sink.ReachAsync($"{Service} 2A37 {Plain}");
    }

    [Fact]
    public void Counts_AreDue_ForAnotherLabelOrAfterAnAbsence_AndWhenAskedForAnew()
    {
        var counts = new EnergyCounts(TimeSpan.FromMinutes(30));
        var address = new BluetoothAddress(0xAABBCC001122);
        var begin = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

        Assert.True(counts.IsDue(address, EachWearer, begin));
        counts.Began(address, EachWearer, begin);
        counts.Heard(address, begin.AddMinutes(45));

        Assert.False(counts.IsDue(address, EachWearer, begin.AddMinutes(74)));
        Assert.True(counts.IsDue(address, EachWearer, begin.AddMinutes(75)));
        Assert.True(counts.IsDue(address, EachWearer with { Label = null }, begin.AddMinutes(46)));
        Assert.False(counts.IsDue(address, EachWearer with { ResetEnergy = false }, begin.AddMinutes(90)));
        Assert.True(counts.IsDue(address, EachWearer, begin.AddMinutes(46)));
    }

    private static async Task<IEnumerable<string>> ResetsAsync(BluetoothWard ward, string point) =>
        (await ward.BlueZ.ArgumentsAsync(point, "WriteValue")).Select(Convert.ToHexString);
}
