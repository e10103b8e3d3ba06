using System.Globalization;
using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Sources;
using Dwapi.Edge.Sources.Bluetooth;
using Dwapi.Edge.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using static Dwapi.Edge.Tests.Bluetooth.BluetoothWard;

namespace Dwapi.Edge.Tests.Bluetooth;

/// <summary>What devices, adapters and bluetoothd do to an edge.</summary>
public sealed class BluetoothSourceTests
{
    private const string Adapter = "/org/bluez/hci0";

    [Fact]
    public async Task Session_SubscribesFirst_AndDeliversInOrder_EqualValuesToo()
    {
        await using var ward = await StartAsync();
        var (device, measurement) = await ward.ThermometerAsync();
        var battery = await ward.BlueZ.AddCharacteristicAsync(await ward.BlueZ.AddServiceAsync(device, 0x180F), 0x2A19, "read notify", [51]);
        await ward.SubscribedAsync(device, measurement);

        await ward.BlueZ.SendAsync(measurement, Temperature);
        await ward.BlueZ.SendAsync(measurement, Temperature);
        await ward.Sink.ReachAsync($"{Service} 2A1C {Temperature}", 2);

        Assert.Equal(
            [$"{Service} here", $"{Service} 2A19 33", $"{Service} 2A1C {Temperature}", $"{Service} 2A1C {Temperature}"], ward.Sink.Events);

        // An answer on the test's own connection: every call before it has been told there.
        await ward.BlueZ.CallsAsync(device, "Connect");
        Assert.Equal(
            [$"{device} Connect", $"{measurement} StartNotify", $"{battery} ReadValue", $"{battery} StartNotify"],
            ward.BlueZ.Calls.Where(call => call.StartsWith(device, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Connect_Fails_IsTriedAgain_EachTimeWithScanningPaused()
    {
        await using var ward = await StartAsync(slots: 1);
        var (device, measurement) = await ward.ThermometerAsync();

        // Once: how soon it is tried again is up to the clock.
        await ward.BlueZ.OnAsync(
            device,
            "Connect",
            "tried = getattr(self, 'tried', False)\nself.tried = True\nif not tried:\n    " + FakeBlueZ.Fail("org.bluez.Error.Failed") + "\n"
            + FakeBlueZ.Connected);
        await ward.SubscribedAsync(device, measurement);
        await ward.Policy.ReachAsync("failed: org.bluez.Error.Failed");

        Assert.Equal(2, await ward.BlueZ.CallsAsync(Adapter, "StopDiscovery"));
    }

    [Fact]
    public async Task Connect_NeverDone_IsGivenUpAndGivesItsSlotBack()
    {
        await using var ward = await StartAsync(slots: 1, new BluetoothTiming { LongestConnect = TimeSpan.FromMilliseconds(200) });
        var (device, _) = await ward.ThermometerAsync();
        await ward.BlueZ.OnAsync(device, "Connect", "");
        var letGo = ward.BlueZ.NextCallAsync(device, "Disconnect");

        await ward.BlueZ.AdvertiseAsync(device, 0x1809);
        await letGo;
        await ward.Policy.ReachAsync("failed: no connection with services");

        using var slot = await ward.Slots.LeaseAsync(Patience.Token);
    }

    [Fact]
    public async Task Services_ResolvedLate_AreWaitedFor()
    {
        await using var ward = await StartAsync();
        var device = await ward.BlueZ.AddDeviceAsync(Address, "Late");
        await ward.BlueZ.OnAsync(device, "Connect", FakeBlueZ.Set("Connected", true));
        var connecting = ward.BlueZ.NextCallAsync(device, "Connect");
        await ward.BlueZ.AdvertiseAsync(device, 0x180D);
        await connecting;

        var service = await ward.BlueZ.AddServiceAsync(device, 0x180D);
        var measurement = await ward.BlueZ.AddCharacteristicAsync(service, 0x2A37, "notify");
        var subscribed = ward.BlueZ.NextCallAsync(measurement, "StartNotify");
        await ward.BlueZ.UpdateAsync(device, "org.bluez.Device1", "ServicesResolved", "b", true);
        await subscribed;

        await ward.BlueZ.SendAsync(measurement, "0055");
        await ward.Sink.ReachAsync($"{Service} 2A37 0055");
    }

    [Fact]
    public async Task Device_GoneInTheMiddle_LosesNothingThatItSent_AndIsTakenUpAgain()
    {
        await using var ward = await StartAsync();
        var (device, measurement) = await ward.ThermometerAsync();
        await ward.SubscribedAsync(device, measurement);
        await ward.BlueZ.SendAsync(measurement, Temperature);
        await ward.BlueZ.DropAsync(device);
        await ward.Sink.ReachAsync($"{Service} gone");

        await ward.SubscribedAsync(device, measurement);
        await ward.BlueZ.SendAsync(measurement, "006D0100FF");
        await ward.Sink.ReachAsync($"{Service} 2A1C 006D0100FF");

        Assert.Equal(
            [$"{Service} here", $"{Service} 2A1C {Temperature}", $"{Service} gone", $"{Service} here", $"{Service} 2A1C 006D0100FF"], ward.Sink.Events);
    }

    [Fact]
    public async Task Adapter_OffAndOn_IsScannedWithAgain()
    {
        await using var ward = await StartAsync();
        var (device, measurement) = await ward.ThermometerAsync();
        await ward.SubscribedAsync(device, measurement);
        await ward.Sink.ReachAsync($"{Service} here");

        // Off before the device goes and waited for before it is on: it is tried again by itself, whenever that may be.
        await ward.BlueZ.SetPowerAsync(false);
        await ward.OnAsync(BluetoothState.Off);
        await ward.BlueZ.UpdateAsync(device, "org.bluez.Device1", "Connected", "b", false);
        await ward.Sink.ReachAsync($"{Service} gone");
        var scanning = ward.BlueZ.NextCallAsync(Adapter, "StartDiscovery");
        var subscribed = ward.BlueZ.NextCallAsync(measurement, "StartNotify");
        await ward.BlueZ.SetPowerAsync(true);
        await scanning;

        await ward.OnAsync();
        await ward.BlueZ.AdvertiseAsync(device, 0x1809);
        await subscribed;
    }

    [Fact]
    public async Task Adapter_PulledOut_LetsItsDevicesGo()
    {
        await using var ward = await StartAsync();
        var (device, measurement) = await ward.ThermometerAsync();
        await ward.SubscribedAsync(device, measurement);
        await ward.Sink.ReachAsync($"{Service} here");

        await ward.BlueZ.RemoveAdapterAsync();

        await ward.Sink.ReachAsync($"{Service} gone");
        await ward.OnAsync(BluetoothState.Unavailable);
        Assert.Contains("Plug one in", ward.Central.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bluetoothd_Restarts_IsUsedAgain()
    {
        // The device is tried again by itself, also in the middle of its making below, when it can do nothing yet: not to be left alone for long for that.
        await using var ward = await StartAsync(timing: new BluetoothTiming { LongestPause = TimeSpan.FromSeconds(1) });
        var (device, measurement) = await ward.ThermometerAsync();
        await ward.SubscribedAsync(device, measurement);
        await ward.Sink.ReachAsync($"{Service} here");

        await ward.BlueZ.KillDaemonAsync();
        await ward.Sink.ReachAsync($"{Service} gone");
        await ward.OnAsync(BluetoothState.Unavailable);
        await ward.BlueZ.StartDaemonAsync();
        await ward.BlueZ.AddAdapterAsync();
        await ward.OnAsync();

        var subscribed = ward.BlueZ.NextCallAsync(measurement, "StartNotify");
        Assert.Equal((device, measurement), await ward.ThermometerAsync());
        await ward.BlueZ.AdvertiseAsync(device, 0x1809);
        await subscribed;
        await ward.BlueZ.SendAsync(measurement, Temperature);
        await ward.Sink.ReachAsync($"{Service} 2A1C {Temperature}");
    }

    [Fact]
    public async Task TwentyDevices_ThreeSlots_AllAreServedAndNeverMoreAtATime()
    {
        await using var ward = await StartAsync(slots: 3);
        var devices = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            var (device, measurement) = await ward.ThermometerAsync(string.Create(CultureInfo.InvariantCulture, $"AA:BB:CC:00:00:{i:X2}"));
            await ward.BlueZ.OnAsync(device, "Connect", FakeBlueZ.CountIn + FakeBlueZ.Connected);
            await ward.BlueZ.SendAndDropAsync(device, measurement, Temperature);
            devices.Add(device);
        }

        await Task.WhenAll(devices.Select(device => ward.BlueZ.AdvertiseOnAsync(device, 0x1809)));
        for (var i = 0; i < 20; i++)
            await ward.Sink.ReachAsync(string.Create(CultureInfo.InvariantCulture, $"ble-aabbcc0000{i:x2} 2A1C {Temperature}"));

        Assert.InRange(await ward.BlueZ.PeakAsync(), 1, 3);
    }

    [Fact]
    public async Task Impostor_OnTheBus_CannotSendAMeasurement()
    {
        await using var ward = await StartAsync();
        var (device, measurement) = await ward.ThermometerAsync();
        await ward.SubscribedAsync(device, measurement);

        await ward.BlueZ.ImpostorSendsAsync(measurement, "00E80100FF");
        await ward.BlueZ.SendAsync(measurement, Temperature);
        await ward.Sink.ReachAsync($"{Service} 2A1C {Temperature}");

        Assert.Equal([$"{Service} here", $"{Service} 2A1C {Temperature}"], ward.Sink.Events);
    }

    [Fact]
    public async Task Idle_Device_IsLetGo()
    {
        await using var ward = await StartAsync(
            timing: new BluetoothTiming { Idle = TimeSpan.FromMilliseconds(300), Look = TimeSpan.FromMilliseconds(50) });
        var (device, measurement) = await ward.ThermometerAsync();
        var letGo = ward.BlueZ.NextCallAsync(device, "Disconnect");

        await ward.SubscribedAsync(device, measurement);

        await letGo;
        await ward.Sink.ReachAsync($"{Service} gone");
    }

    [Fact]
    public async Task Stop_LetsTheDevicesGo_AfterWhatTheySent()
    {
        var ward = await StartAsync();
        await using var bluez = ward.BlueZ;
        var (device, measurement) = await ward.ThermometerAsync();
        await ward.SubscribedAsync(device, measurement);
        await ward.BlueZ.SendAsync(measurement, Temperature);
        await ward.Sink.ReachAsync($"{Service} 2A1C {Temperature}");

        await ward.StopAsync();

        Assert.Equal(1, await bluez.CallsAsync(device, "Disconnect"));
        Assert.Equal($"{Service} gone", ward.Sink.Events[^1]);
    }

    [Fact]
    public async Task Fault_OfTheSink_EndsTheSource_AndLetsTheDevicesGo()
    {
        await using var bluez = await FakeBlueZ.StartAsync();
        var device = await bluez.AddDeviceAsync(Address, "Thermo One");
        var measurement = await bluez.AddCharacteristicAsync(await bluez.AddServiceAsync(device, 0x1809), 0x2A1C, "indicate");
        var source = BluetoothSource.Make(
            BluetoothRadio.Open, new BluetoothOptions { Bus = bluez.Bus.Address }, new WatchPolicy([]), TimeZoneInfo.Utc, TimeProvider.System, NullLogger.Instance);
        var subscribed = bluez.NextCallAsync(measurement, "StartNotify");

        var running = source.RunAsync(new FullDisk(), Patience.Token);
        await bluez.AdvertiseAsync(device, 0x1809);
        await subscribed;
        await bluez.SendAsync(measurement, Temperature);

        await Assert.ThrowsAsync<IOException>(() => running);
        Assert.Equal(1, await bluez.CallsAsync(device, "Disconnect"));
    }

    [Fact]
    public async Task Stream_WithoutEnd_GivesItsSlotToWhoWaits()
    {
        await using var ward = await StartAsync(
            slots: 1, new BluetoothTiming { Turn = TimeSpan.FromMilliseconds(200), Look = TimeSpan.FromMilliseconds(50) });
        var belt = await ward.BlueZ.AddDeviceAsync(Address, "Belt");
        var rate = await ward.BlueZ.AddCharacteristicAsync(await ward.BlueZ.AddServiceAsync(belt, 0x180D), 0x2A37, "notify");
        await ward.SubscribedAsync(belt, rate, 0x180D);
        await ward.BlueZ.SendAsync(rate, "0055");
        await ward.Sink.ReachAsync($"{Service} 2A37 0055");

        var (device, measurement) = await ward.ThermometerAsync("AA:BB:CC:00:11:33", "Thermo Two");
        await ward.SubscribedAsync(device, measurement);
        await ward.BlueZ.SendAsync(measurement, Temperature);

        await ward.Sink.ReachAsync($"ble-aabbcc001133 2A1C {Temperature}");
    }

    [Fact]
    public async Task Clock_ThatCanBeWritten_IsSetOnceTheDeviceIsQuiet()
    {
        await using var ward = await StartAsync(timing: new BluetoothTiming { Quiet = TimeSpan.FromMilliseconds(50) }, setClocks: true);
        var (device, measurement) = await ward.ThermometerAsync();
        var clock = await ward.BlueZ.AddCharacteristicAsync(
            await ward.BlueZ.AddServiceAsync(device, 0x1805), 0x2A2B, "read write", Convert.FromHexString("D0070101000000060000"));
        var written = ward.BlueZ.NextCallAsync(clock, "WriteValue");

        await ward.SubscribedAsync(device, measurement);
        await written;

        var value = (await ward.BlueZ.ArgumentsAsync(clock, "WriteValue"))[^1];
        Assert.Equal((10, (ushort)DateTime.UtcNow.Year), (value.Length, (ushort)(value[0] | (value[1] << 8))));
    }

    [Fact]
    public async Task Glucose_RecordsAreAskedFor_TheSecondTimeOnlyNewOnes()
    {
        await using var ward = await StartAsync();
        var device = await ward.BlueZ.AddDeviceAsync(Address, "Glucose");
        var service = await ward.BlueZ.AddServiceAsync(device, 0x1808);
        var measurement = await ward.BlueZ.AddCharacteristicAsync(service, 0x2A18, "notify");
        var access = await ward.BlueZ.AddCharacteristicAsync(service, 0x2A52, "write indicate");
        const string Record = "030700EA070B16090000FBFF78B012";

        var asked = ward.BlueZ.NextCallAsync(access, "WriteValue");
        await ward.BlueZ.AdvertiseAsync(device, 0x1808);
        await asked;
        await ward.BlueZ.SendAsync(measurement, Record);
        await ward.BlueZ.SendAsync(access, "06000101");
        await ward.Sink.ReachAsync($"{Service} 2A18 {Record}");
        await ward.BlueZ.DropAsync(device);
        await ward.Sink.ReachAsync($"{Service} gone");
        asked = ward.BlueZ.NextCallAsync(access, "WriteValue");
        await ward.BlueZ.AdvertiseAsync(device, 0x1808);
        await asked;

        // No records from there on: perhaps the device was reset and numbers anew.
        asked = ward.BlueZ.NextCallAsync(access, "WriteValue");
        await ward.BlueZ.SendAsync(access, "06000106");
        await asked;
        Assert.Equal(["0101", "0103010800", "0101"], (await ward.BlueZ.ArgumentsAsync(access, "WriteValue")).Select(Convert.ToHexString));
    }

    [Fact]
    public async Task PrivateAddress_WithoutSystemId_IsNotRelayedButToldToBePaired()
    {
        await using var ward = await StartAsync();
        var device = await ward.BlueZ.AddDeviceAsync("4A:BB:CC:00:11:22", "Private", random: true);
        await ward.BlueZ.AddCharacteristicAsync(await ward.BlueZ.AddServiceAsync(device, 0x1809), 0x2A1C, "indicate");

        await ward.BlueZ.AdvertiseAsync(device, 0x1809);

        await ward.Policy.ReachAsync("Pair it: dwapi-edge pair 4A:BB:CC:00:11:22.");
        Assert.Empty(ward.Sink.Events);
    }

    [Fact]
    public async Task PrivateAddress_WithSystemId_IsTheServiceOfThat()
    {
        await using var ward = await StartAsync();
        var device = await ward.BlueZ.AddDeviceAsync("4A:BB:CC:00:11:22", "Private", random: true);
        await ward.BlueZ.AddCharacteristicAsync(await ward.BlueZ.AddServiceAsync(device, 0x1809), 0x2A1C, "indicate");
        await ward.BlueZ.AddCharacteristicAsync(
            await ward.BlueZ.AddServiceAsync(device, 0x180A), 0x2A23, "read", Convert.FromHexString("DEBC9AFEFF563412"));

        await ward.BlueZ.AdvertiseAsync(device, 0x1809);

        await ward.Sink.ReachAsync("ble-123456fffe9abcde here");
    }

    [Theory]
    [InlineData(123456u, true)]
    [InlineData(654321u, false)]
    public async Task Pair_AsksThePersonForThePasskey(uint typed, bool paired)
    {
        await using var ward = await StartAsync();
        var (device, _) = await ward.ThermometerAsync();
        await ward.BlueZ.AdvertiseAsync(device, 0x1809);
        await ward.Sink.ReachAsync($"{Service} here");

        // What bluetoothd does: it calls the agent of the program that asked for the pairing.
        await ward.BlueZ.OnAsync(device, "Pair", $"""
            bus = self.bus_name.get_bus()
            key = None
            for name in bus.list_names():
                try:
                    if name.startswith(':') and name != bus.get_unique_name():
                        key = bus.get_object(name, '/org/dwapi/agent', introspect=False).RequestPasskey(
                            dbus.ObjectPath('{device}'), dbus_interface='org.bluez.Agent1')
                except dbus.exceptions.DBusException:
                    pass
            if key != 123456:
                raise dbus.exceptions.DBusException('wrong', name='org.bluez.Error.AuthenticationFailed')
            """);
        BluetoothAddress.TryParse(Address, out var address);

        var pairing = ward.Central.PairAsync(address, new Person(typed), Patience.Token);

        if (paired)
            await pairing;
        else
            Assert.Equal(BluetoothFault.NeedsPairing, (await Assert.ThrowsAsync<BluetoothException>(() => pairing)).Fault);
        Assert.Equal(1, await ward.BlueZ.CallsAsync("/org/bluez", "UnregisterAgent"));
    }

    private sealed class FullDisk : IMeasurementSink
    {
        public void Announce(SourceDevice device)
        {
        }

        public void Gone(string serviceId)
        {
        }

        public Task AcceptAsync(string serviceId, GattValue value, DateTimeOffset receivedAt, CancellationToken cancellationToken) => throw new IOException("full");
    }

    private sealed class Person(uint passkey) : IPairingDialog
    {
        public Task<uint> AskPasskeyAsync(CancellationToken cancellationToken) => Task.FromResult(passkey);

        public void ShowPasskey(uint shown) => Assert.Fail("nothing was to be shown");

        public Task<bool> ConfirmAsync(uint shown, CancellationToken cancellationToken) => Task.FromResult(false);
    }
}
