using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Sources.Bluetooth;
using Dwapi.Edge.Tests.Support;
using static Dwapi.Edge.Tests.Bluetooth.BluetoothWard;

namespace Dwapi.Edge.Tests.Bluetooth;

/// <summary>Habits of the real bluetoothd (seen with BlueZ 5.66 on Linux 6.1), played by the fake one.</summary>
public sealed class BlueZHabitsTests
{
    private const string Adapter = "/org/bluez/hci0";

    [Fact]
    public async Task Connection_ThatIsNotTold_ShowsByItsServices()
    {
        await using var ward = await StartAsync();
        var (device, measurement) = await ward.ThermometerAsync();
        await ward.BlueZ.OnAsync(device, "Connect", FakeBlueZ.Set("ServicesResolved", true));

        await ward.SubscribedAsync(device, measurement);
        await ward.BlueZ.SendAsync(measurement, Temperature);
        await ward.Sink.ReachAsync($"{Service} 2A1C {Temperature}");
        await ward.BlueZ.DropAsync(device);

        await ward.Sink.ReachAsync($"{Service} gone");
    }

    [Fact]
    public async Task Scan_IsPausedBeforeAConnect_AndGoesOnThoughTheDeviceHasGone()
    {
        var time = new ManualTime();
        await using var ward = await StartAsync(radioTime: time);
        var (device, _) = await ward.ThermometerAsync();
        await ward.BlueZ.OnAsync(device, "Connect", "");
        var connecting = ward.BlueZ.NextCallAsync(device, "Connect");
        await ward.BlueZ.AdvertiseAsync(device, 0x1809);
        await connecting;
        Assert.Equal(
            [$"{Adapter} StartDiscovery", $"{Adapter} StopDiscovery", $"{device} Connect"],
            ward.BlueZ.Calls.Where(call => call.EndsWith("Discovery", StringComparison.Ordinal) || call.EndsWith("Connect", StringComparison.Ordinal)));

        var scanning = ward.BlueZ.NextCallAsync(Adapter, "StartDiscovery");
        await time.PassUntilAsync(scanning);

        Assert.Equal(0, await ward.BlueZ.CallsAsync(device, "Disconnect"));
    }

    [Fact]
    public async Task Device_ThatSendsBeforeItIsSubscribedToAgain_LosesNothing()
    {
        await using var ward = await StartAsync();
        var (device, measurement) = await ward.ThermometerAsync();
        await ward.SubscribedAsync(device, measurement);
        await ward.BlueZ.DropAsync(device);
        await ward.Sink.ReachAsync($"{Service} gone");

        // bluetoothd renews the subscription itself when the device is back.
        await ward.BlueZ.OnAsync(
            device, "Connect", FakeBlueZ.Set("Connected", true) + FakeBlueZ.Send(measurement, Temperature) + FakeBlueZ.Set("ServicesResolved", true));
        await ward.SubscribedAsync(device, measurement);
        await ward.BlueZ.SendAsync(measurement, "006D0100FF");
        await ward.Sink.ReachAsync($"{Service} 2A1C 006D0100FF");

        Assert.Equal([$"{Service} here", $"{Service} 2A1C {Temperature}", $"{Service} 2A1C 006D0100FF"], ward.Sink.Events.Skip(2));
    }

    [Fact]
    public async Task Device_LeftConnected_IsUsedThoughItIsNotHeard()
    {
        await using var ward = await StartAsync();
        var (device, measurement) = await ward.ThermometerAsync();
        var subscribed = ward.BlueZ.NextCallAsync(measurement, "StartNotify");

        await ward.BlueZ.KnowServicesAsync(device, 0x1809);
        await ward.BlueZ.UpdateAsync(device, "org.bluez.Device1", "Connected", "b", true);

        await subscribed;
    }

    [Fact]
    public async Task Subscription_WithoutAnswerInTime_IsGivenUp_AndThePersonToldToPair()
    {
        await using var ward = await StartAsync(slots: 1, new BluetoothTiming { LongestSubscribe = TimeSpan.FromMilliseconds(200) });
        var (device, measurement) = await ward.ThermometerAsync();
        await ward.BlueZ.FailLateAsync(measurement);

        await ward.BlueZ.AdvertiseAsync(device, 0x1809);

        await ward.Policy.ReachAsync($"as a device does that wants a bond. Pair it: dwapi-edge pair {Address}.");
        using var slot = await ward.Slots.LeaseAsync(Patience.Token);
    }

    [Fact]
    public async Task Bond_ThatTheDeviceLost_IsSaid()
    {
        await using var ward = await StartAsync();
        var (device, _) = await ward.ThermometerAsync();
        await ward.BlueZ.UpdateAsync(device, "org.bluez.Device1", "Paired", "b", true);
        await ward.BlueZ.OnAsync(device, "Connect", FakeBlueZ.Fail("org.bluez.Error.Failed"));

        await ward.BlueZ.AdvertiseAsync(device, 0x1809);

        await ward.Policy.ReachAsync($"it has a bond here, which it may have lost. Pair it: dwapi-edge pair {Address}.");

        // Not at the first failure, which may be of the moment; and then not each second.
        Assert.Equal(2, await ward.BlueZ.CallsAsync(device, "Connect"));
    }

    [Fact]
    public async Task Bond_RadioThatWasNotReady_IsNoReasonToPairAgain()
    {
        await using var ward = await StartAsync();
        var (device, measurement) = await ward.ThermometerAsync();
        await ward.BlueZ.UpdateAsync(device, "org.bluez.Device1", "Paired", "b", true);
        await ward.BlueZ.OnAsync(
            device,
            "Connect",
            "tried = getattr(self, 'tried', False)\nself.tried = True\nif not tried:\n    " + FakeBlueZ.Fail("org.bluez.Error.NotReady") + "\n"
            + FakeBlueZ.Connected);

        // Tried again after a second, and not after the long pause of a device that wants a person.
        await ward.SubscribedAsync(device, measurement);
        await ward.Policy.ReachAsync("failed: org.bluez.Error.NotReady");
    }

    [Fact]
    public async Task Pair_Again_RemovesTheOldBond_TellsTheAddress_AndLeavesNoConnection()
    {
        await using var ward = await StartAsync();
        var device = await ward.BlueZ.AddDeviceAsync(Address, "No health device");
        await ward.BlueZ.UpdateAsync(device, "org.bluez.Device1", "Paired", "b", true);
        await ward.BlueZ.HearAgainOnceRemovedAsync(device);

        // The address behind a private one comes with the bond; the path stays.
        await ward.BlueZ.OnAsync(
            device,
            "Pair",
            FakeBlueZ.Set("Connected", true) + "self.UpdateProperties('org.bluez.Device1', {'Address': 'C0:00:00:00:18:09'})\n" + FakeBlueZ.Set("Paired", true));
        await ward.BlueZ.AdvertiseAsync(device, 0x180F);
        BluetoothAddress.TryParse(Address, out var address);

        Assert.Equal("C0:00:00:00:18:09", $"{await ward.Central.PairAsync(address, null!, Patience.Token)}");

        Assert.Equal((1, 1), (await ward.BlueZ.CallsAsync(Adapter, "RemoveDevice"), await ward.BlueZ.CallsAsync(device, "Disconnect")));
        Assert.Equal(
            [$"{Adapter} StopDiscovery", $"{device} Pair"],
            ward.BlueZ.Calls.Where(call => call.EndsWith("StopDiscovery", StringComparison.Ordinal) || call.EndsWith(" Pair", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Bluetoothd_ThatCrashed_IsStartedByTheBus()
    {
        var time = new ManualTime();
        await using var ward = await StartAsync(radioTime: time, startable: true);

        await ward.BlueZ.KillDaemonAsync();
        await ward.UntilAsync(() => ward.Central.Problem?.Contains("bluetoothd does not run", StringComparison.Ordinal) == true);

        await time.PassUntilAsync(ward.UntilAsync(() => ward.Central.Problem?.Contains("Plug one in", StringComparison.Ordinal) == true));
    }
}
