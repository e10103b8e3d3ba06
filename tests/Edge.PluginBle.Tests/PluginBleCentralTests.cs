using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Gatt;
using Dwapi.Edge.PluginBle.Tests.Scripted;
using Dwapi.Edge.Signals;
using Dwapi.Edge.Tests.Bluetooth.Contract;
using Dwapi.Edge.Tests.Support;
using Plugin.BLE.Abstractions;
using PluginState = Plugin.BLE.Abstractions.Contracts.BluetoothState;

namespace Dwapi.Edge.PluginBle.Tests;

/// <summary>What the platforms of Plugin.BLE do that the contract does not know.</summary>
public sealed class PluginBleCentralTests
{
    private const string First = "AA:BB:CC:00:11:22";

    private static readonly StagedCharacteristic Temperature = new(0x1809, 0x2A1C, CharacteristicProperties.Indicate);

    [Fact]
    public async Task Scan_ThatEnded_IsFollowedByTheNext()
    {
        var stage = new ScriptedStage(Habits.Android);
        await using var radio = await StagedRadio.StartAsync(stage);
        var adapter = stage.Bluetooth.Scripted;
        var next = adapter.NextScan;

        await adapter.StopScanningForDevicesAsync();

        await next;
        Assert.Equal(5 * 60 * 1000, adapter.ScanTimeout);
        Assert.Equal(BluetoothState.On, radio.Central.State);
    }

    [Fact]
    public async Task Scan_ThatCannotBeStarted_IsAProblem()
    {
        var stage = new ScriptedStage(Habits.Windows);
        await using var radio = await StagedRadio.StartAsync(stage);
        stage.Bluetooth.Scripted.ScanFault = new InvalidOperationException("no radio");

        await stage.Bluetooth.Scripted.StopScanningForDevicesAsync();

        await radio.ReachAsync(BluetoothState.Unavailable);
        Assert.Equal("The scan could not be started (no radio). Start the edge again.", radio.Central.Problem);
    }

    [Fact]
    public async Task Scans_OfAndroid_AreNotStartedTooOften()
    {
        var time = new ManualTime();
        var stage = new ScriptedStage(Habits.Android, time, platform: PluginBlePlatform.Android with { BetweenScans = TimeSpan.FromSeconds(1) });
        await using var radio = await StagedRadio.StartAsync(stage);
        var began = time.GetUtcNow();
        var next = stage.NextScanAsync();

        await stage.Bluetooth.Scripted.StopScanningForDevicesAsync();
        await time.PassUntilAsync(next);

        Assert.True(time.GetUtcNow() - began >= TimeSpan.FromSeconds(1));
        Assert.True(PluginBlePlatform.Android.BetweenScans * 5 > TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Filter_OfServices_IsLeftToTheCentralOnWindows()
    {
        var (windows, android) = (new ScriptedStage(Habits.Windows), new ScriptedStage(Habits.Android));
        await using var onWindows = await StagedRadio.StartAsync(windows);
        await using var onAndroid = await StagedRadio.StartAsync(android);
        var heard = new List<string?>();
        onWindows.Central.DeviceAdvertised += advertisement => heard.Add(advertisement.Name);
        await windows.AddAsync(First, "Thermo One", Temperature);
        await windows.AddAsync("AA:BB:CC:00:11:33", "Headphones");

        await windows.AdvertiseAsync("AA:BB:CC:00:11:33", 0x110B);
        await windows.AdvertiseAsync(First, 0x1809);

        Assert.Null(windows.Bluetooth.Scripted.Filter);
        Assert.Equal(["Thermo One"], heard);
        Assert.Equal([GattUuid.Of(0x1809), GattUuid.Of(0x180D)], android.Bluetooth.Scripted.Filter!);
    }

    [Fact]
    public async Task Packets_OfADevice_AreTakenTogether()
    {
        var stage = new ScriptedStage(Habits.Windows);
        await using var radio = await StagedRadio.StartAsync(stage);
        var heard = new List<BluetoothAdvertisement>();
        radio.Central.DeviceAdvertised += heard.Add;
        await stage.AddAsync(First, $"Bluetooth {First.ToLowerInvariant()}", Temperature);

        await stage.AdvertiseAsync(First, 0x1809);
        stage[First].Rssi = 127;
        stage.Bluetooth.Scripted.Hear(stage[First], [new AdvertisementRecord(AdvertisementRecordType.CompleteLocalName, "Ear 3"u8.ToArray())]);

        Assert.Equal([(null, (short?)-79), ("Ear 3", null)], heard.Select(one => (one.Name, one.Rssi)));
        Assert.All(heard, one => Assert.Equal([GattUuid.Of(0x1809)], one.Services));
    }

    [Fact]
    public async Task Radio_ThatIsOffAtTheStart_IsSwitchedOnOnce()
    {
        var stage = new ScriptedStage(Habits.Windows, first: PluginState.Off, canBeSwitchedOn: true);
        await using var radio = await StagedRadio.StartAsync(stage);

        await stage.PowerAsync(false);
        await radio.ReachAsync(BluetoothState.Off);
        await stage.PowerAsync(true);
        await radio.ReachAsync(BluetoothState.On);

        Assert.Equal(1, stage.Bluetooth.Switches);
    }

    [Theory]
    [InlineData(PluginState.Unknown, "plug one in")]
    [InlineData(PluginState.Unavailable, "Plug one in")]
    [InlineData(PluginState.Unauthorized, "Allow it in the privacy settings")]
    public async Task Radio_ThatIsNotThere_IsToldWithWhatToDo_AndTakenWhenItComes(PluginState first, string advice)
    {
        var stage = new ScriptedStage(Habits.Apple, first: first);
        var changed = new Pulse();
        stage.Central.StateChanged += changed.Raise;
        var next = changed.Next;
        using var stop = new CancellationTokenSource();
        var running = stage.Central.RunAsync([], stop.Token);
        await next.WaitAsync(Patience.Token);
        Assert.Equal(BluetoothState.Unavailable, stage.Central.State);
        Assert.Contains(advice, stage.Central.Problem, StringComparison.Ordinal);

        next = changed.Next;
        stage.Bluetooth.Switch(PluginState.On);
        await next.WaitAsync(Patience.Token);
        Assert.Equal((BluetoothState.On, null), (stage.Central.State, stage.Central.Problem));
        Assert.IsType<ScriptedAdapter>(stage.Bluetooth.Adapter);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Read_OfASubscribedValue_IsNoUpdateOnApplesSystems()
    {
        var stage = new ScriptedStage(Habits.Apple);
        await using var radio = await StagedRadio.StartAsync(stage);
        await using var device = await radio.ConnectedAsync(
            First, new StagedCharacteristic(0x180F, 0x2A19, CharacteristicProperties.Read | CharacteristicProperties.Notify, 51));
        var updates = new List<byte>();
        var level = Assert.Single(device.Characteristics);
        await level.StartUpdatesAsync(value => updates.Add(value.Span[0]), Patience.Token);

        Assert.Equal(51, (await level.ReadAsync(Patience.Token))[0]);
        await stage.SendAsync(First, 0x2A19, 50);

        Assert.Equal(50, Assert.Single(updates));
    }

    [Fact]
    public async Task Service_ThatTheSystemKeeps_IsLeftOut()
    {
        var stage = new ScriptedStage(Habits.Windows);
        await using var radio = await StagedRadio.StartAsync(stage);
        await stage.AddAsync(First, First, Temperature, new StagedCharacteristic(0x1812, 0x2A4D, CharacteristicProperties.Notify));
        stage[First].Kept.Add(GattUuid.Of(0x1812));

        await using var device = await radio.Central.ConnectAsync((await radio.HearAsync(First, First)).Address, pauseScan: false, Patience.Token);

        Assert.Equal(GattUuid.Of(0x2A1C), Assert.Single(device.Characteristics).Id);
    }

    [Fact]
    public async Task Connect_Unanswered_IsGivenUpByItself()
    {
        var time = new ManualTime();
        var stage = new ScriptedStage(Habits.Android, time);
        await using var radio = await StagedRadio.StartAsync(stage);
        await stage.AddAsync(First, First, Temperature);
        await stage.OnConnectAsync(First, StagedConnect.Unanswered);
        var heard = await radio.HearAsync(First, First);
        var tried = stage.NextConnectAsync(First);
        var connecting = radio.Central.ConnectAsync(heard.Address, pauseScan: false, CancellationToken.None);
        await tried;

        time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(BluetoothFault.TimedOut, (await Assert.ThrowsAsync<BluetoothException>(() => connecting)).Fault);
        Assert.False(stage[First].IsHeld);
    }

    [Fact]
    public async Task Connection_DoesNotEnd_WithTheLateEndOfTheOneBefore()
    {
        var stage = new ScriptedStage(Habits.Windows);
        await using var radio = await StagedRadio.StartAsync(stage);
        await using var device = await radio.ConnectedAsync(First, Temperature);
        var adapter = stage.Bluetooth.Scripted;

        adapter.HandleDisconnectedDevice(true, new ScriptedDevice(adapter, stage[First], Habits.Windows));
        Assert.False(device.Disconnected.IsCompleted);

        await stage.DropAsync(First);
        await device.Disconnected.WaitAsync(Patience.Token);
        var fault = await Assert.ThrowsAsync<BluetoothException>(() => device.Characteristics[0].StartUpdatesAsync(_ => { }, Patience.Token));
        Assert.Equal(BluetoothFault.Gone, fault.Fault);
    }

    [Theory]
    [InlineData(Habits.Windows, true, null)]
    [InlineData(Habits.Android, true, null)]
    [InlineData(Habits.Windows, false, "NeedsPairing")]
    [InlineData(Habits.Android, false, "Failed")]
    [InlineData(Habits.Apple, false, "NotSupported")]
    public async Task Pair_MakesABondWhereTheSystemCan(Habits habits, bool canBond, string? fault)
    {
        var stage = new ScriptedStage(habits);
        await using var radio = await StagedRadio.StartAsync(stage);
        await stage.AddAsync(First, First, Temperature);
        stage[First].CanBond = canBond;
        var heard = await radio.HearAsync(First, First);

        var pairing = radio.Central.PairAsync(heard.Address, new Nobody(), Patience.Token);

        if (fault is null)
            await pairing;
        else
            Assert.Equal(fault, (await Assert.ThrowsAsync<BluetoothException>(() => pairing)).Fault.ToString());
        Assert.Equal(canBond, (await radio.HearAsync(First, First)).IsPaired);
    }

    private sealed class Nobody : IPairingDialog
    {
        public Task<uint> AskPasskeyAsync(CancellationToken cancellationToken) => throw new InvalidOperationException();

        public void ShowPasskey(uint passkey) => throw new InvalidOperationException();

        public Task<bool> ConfirmAsync(uint passkey, CancellationToken cancellationToken) => throw new InvalidOperationException();
    }
}
