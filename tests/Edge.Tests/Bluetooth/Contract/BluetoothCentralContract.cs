using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Gatt;
using Dwapi.Edge.Signals;
using Dwapi.Edge.Tests.Support;

namespace Dwapi.Edge.Tests.Bluetooth.Contract;

/// <summary>What a central has to keep, whatever radio is behind it.</summary>
public abstract class BluetoothCentralContract
{
    private const string First = "AA:BB:CC:00:11:22";
    private const string Second = "AA:BB:CC:00:11:33";
    private const CharacteristicProperties Read = CharacteristicProperties.Read;
    private const CharacteristicProperties Write = CharacteristicProperties.Write;
    private const CharacteristicProperties Notify = CharacteristicProperties.Notify;
    private const CharacteristicProperties Indicate = CharacteristicProperties.Indicate;

    private static readonly StagedCharacteristic Temperature = new(0x1809, 0x2A1C, Indicate);

    [Fact]
    public async Task Device_ThatAdvertises_IsHeardWithItsServiceSignalAndName()
    {
        await using var radio = await StartAsync();
        await radio.Stage.AddAsync(First, "Thermo One", Temperature);
        await radio.Stage.AddAsync(Second, "Belt", new StagedCharacteristic(0x180D, 0x2A37, Notify));

        var thermometer = await radio.HearAsync(First, "Thermo One");
        var belt = await radio.HearAsync(Second, "Belt", 0x180D);
        var again = await radio.HearAsync(First, "Thermo One");

        Assert.Equal((GattUuid.Of(0x1809), (short?)-79, false), (Assert.Single(thermometer.Services), thermometer.Rssi, thermometer.IsPaired));
        Assert.Equal(GattUuid.Of(0x180D), Assert.Single(belt.Services));
        Assert.NotEqual(thermometer.Address.Bits, belt.Address.Bits);
        Assert.Equal(thermometer.Address, again.Address);
    }

    [Fact]
    public async Task Radio_OffAndOn_IsTold_EndsConnections_AndScansAgain()
    {
        await using var radio = await StartAsync();
        Assert.Null(radio.Central.Problem);
        await using var device = await radio.ConnectedAsync(First, Temperature);

        await radio.Stage.PowerAsync(false);
        await radio.ReachAsync(BluetoothState.Off);
        await device.Disconnected.WaitAsync(Patience.Token);
        Assert.False(string.IsNullOrEmpty(radio.Central.Problem));
        Assert.Equal(BluetoothFault.NotReady, (await FaultOfAsync(radio.Central.ConnectAsync(device.Address, false, Patience.Token))).Fault);

        var scanning = radio.Stage.NextScanAsync();
        await radio.Stage.PowerAsync(true);
        await radio.ReachAsync(BluetoothState.On);
        await scanning;
        Assert.Null(radio.Central.Problem);
        Assert.Equal(device.Address, (await radio.HearAsync(First, First)).Address);
    }

    [Fact]
    public async Task Connect_GivesEveryCharacteristicWithItsServiceAndProperties()
    {
        await using var radio = await StartAsync();
        StagedCharacteristic[] staged =
        [
            Temperature,
            new(0x1809, 0x2A21, Read | Write | Indicate),
            new(0x180A, 0x2A24, Read),
            new(0x180F, 0x2A19, Read | Notify),
            new(0x1802, 0x2A06, CharacteristicProperties.WriteWithoutResponse),
        ];

        await using var device = await radio.ConnectedAsync(First, staged);

        Assert.Equal(First, device.Name);
        Assert.False(device.Disconnected.IsCompleted);
        Assert.Equal(
            staged.Select(one => (GattUuid.Of(one.Service), GattUuid.Of(one.Number), one.Properties)).ToHashSet(),
            device.Characteristics.Select(one => (one.Service, one.Id, one.Properties)).ToHashSet());
    }

    [Fact]
    public async Task Value_IsReadAsItIs_AndWritten()
    {
        await using var radio = await StartAsync();
        await using var device = await radio.ConnectedAsync(
            First, new(0x180A, 0x2A24, Read, [0x48, 0x54, 0x00, 0xFF]), new(0x1805, 0x2A2B, Read | Write), new(0x1802, 0x2A06, CharacteristicProperties.WriteWithoutResponse));

        Assert.Equal("485400FF", Convert.ToHexString(await Find(device, 0x2A24).ReadAsync(Patience.Token)));
        Assert.Empty(await Find(device, 0x2A2B).ReadAsync(Patience.Token));
        await Find(device, 0x2A2B).WriteAsync([1, 2, 3], Patience.Token);
        await Find(device, 0x2A2B).WriteAsync([4], Patience.Token);
        await Find(device, 0x2A06).WriteAsync([2], Patience.Token);

        Assert.Equal(["010203", "04"], (await radio.Stage.WrittenAsync(First, 0x2A2B)).Select(Convert.ToHexString));
        Assert.Equal(["02"], (await radio.Stage.WrittenAsync(First, 0x2A06)).Select(Convert.ToHexString));
    }

    [Fact]
    public async Task Refusal_IsItsFault_AndTheConnectionStays()
    {
        await using var radio = await StartAsync();
        await using var device = await radio.ConnectedAsync(First, Temperature, new(0x180A, 0x2A24, Read, 7), new(0x1805, 0x2A2B, Read | Write, 8));
        await radio.Stage.RefuseAsync(First, 0x2A24, StagedOperation.Read, BluetoothFault.NeedsPairing);
        await radio.Stage.RefuseAsync(First, 0x2A2B, StagedOperation.Write, BluetoothFault.NotSupported);
        await radio.Stage.RefuseAsync(First, 0x2A1C, StagedOperation.Subscribe, BluetoothFault.NotSupported);

        var read = await FaultOfAsync(Find(device, 0x2A24).ReadAsync(Patience.Token));
        var write = await FaultOfAsync(Find(device, 0x2A2B).WriteAsync([1], Patience.Token));
        var subscribe = await FaultOfAsync(Find(device, 0x2A1C).StartUpdatesAsync(_ => { }, Patience.Token));

        Assert.Equal(
            (BluetoothFault.NeedsPairing, BluetoothFault.NotSupported, BluetoothFault.NotSupported), (read.Fault, write.Fault, subscribe.Fault));
        Assert.Equal("08", Convert.ToHexString(await Find(device, 0x2A2B).ReadAsync(Patience.Token)));
    }

    [Fact]
    public async Task Updates_ComeOnceAndInOrder_EqualOnesToo_UntilTheSubscriptionEnds()
    {
        await using var radio = await StartAsync();
        await using var device = await radio.ConnectedAsync(First, Temperature, new(0x1809, 0x2A1E, Notify));
        var (temperatures, others) = (new Updates(), new Updates());
        await Find(device, 0x2A1C).StartUpdatesAsync(temperatures.Add, Patience.Token);
        await Find(device, 0x2A1E).StartUpdatesAsync(others.Add, Patience.Token);

        byte[] sent = [1, 1, 2, 3, 3, 3, 1, 9, 8, 7];
        foreach (var value in sent)
            await radio.Stage.SendAsync(First, 0x2A1C, 0, value);
        await temperatures.ReachAsync(sent.Length);
        await Find(device, 0x2A1C).StopUpdatesAsync(Patience.Token);
        await radio.Stage.SendAsync(First, 0x2A1C, 0, 99);
        await radio.Stage.SendAsync(First, 0x2A1E, 5);
        await others.ReachAsync(1);

        Assert.Equal(sent.Select(value => $"00{value:X2}"), temperatures.All);
        Assert.Equal(["05"], others.All);
    }

    [Fact]
    public async Task Device_ThatDropsTheConnection_EndsIt_AndCanBeConnectedToAgain()
    {
        await using var radio = await StartAsync();
        var device = await radio.ConnectedAsync(First, Temperature);

        await radio.Stage.DropAsync(First);
        await device.Disconnected.WaitAsync(Patience.Token);
        await device.DisposeAsync();

        await using var again = await radio.Central.ConnectAsync((await radio.HearAsync(First, First)).Address, pauseScan: false, Patience.Token);
        var updates = new Updates();
        await Find(again, 0x2A1C).StartUpdatesAsync(updates.Add, Patience.Token);
        await radio.Stage.SendAsync(First, 0x2A1C, 4);
        await updates.ReachAsync(1);
        Assert.False(again.Disconnected.IsCompleted);
    }

    [Fact]
    public async Task Dispose_LetsTheDeviceGo()
    {
        await using var radio = await StartAsync();
        var device = await radio.ConnectedAsync(First, Temperature);
        Assert.True(await radio.Stage.IsHeldAsync(First));

        await device.DisposeAsync();

        Assert.False(await radio.Stage.IsHeldAsync(First));
        await device.Disconnected.WaitAsync(Patience.Token);
    }

    [Fact]
    public async Task Connect_Refused_IsAFault_AndLeavesNothingBehind()
    {
        await using var radio = await StartAsync();
        await radio.Stage.AddAsync(First, "Shy", Temperature);
        await radio.Stage.OnConnectAsync(First, StagedConnect.Refused);
        var heard = await radio.HearAsync(First, "Shy");

        await FaultOfAsync(radio.Central.ConnectAsync(heard.Address, pauseScan: false, Patience.Token));

        await AssertFreeAsync(radio, heard.Address);
    }

    [Fact]
    public async Task Connect_Cancelled_LeavesNothingBehind()
    {
        await using var radio = await StartAsync();
        await radio.Stage.AddAsync(First, "Silent", Temperature);
        await radio.Stage.OnConnectAsync(First, StagedConnect.Unanswered);
        var heard = await radio.HearAsync(First, "Silent");
        using var cancel = new CancellationTokenSource();
        var tried = radio.Stage.NextConnectAsync(First);
        var connecting = radio.Central.ConnectAsync(heard.Address, pauseScan: false, cancel.Token);
        await tried;

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        await AssertFreeAsync(radio, heard.Address);
    }

    [Fact]
    public async Task Connect_WithoutScanning_ScansAgainAfterwards()
    {
        await using var radio = await StartAsync();
        await radio.Stage.AddAsync(First, "Thermo One", Temperature);
        var heard = await radio.HearAsync(First, "Thermo One");
        var scanning = radio.Stage.NextScanAsync();

        await using var device = await radio.Central.ConnectAsync(heard.Address, pauseScan: true, Patience.Token);

        await scanning;
        Assert.Equal(BluetoothState.On, radio.Central.State);
        await radio.Stage.AddAsync(Second, "Other", Temperature);
        await radio.HearAsync(Second, "Other");
    }

    [Fact]
    public async Task TwoDevices_AtOnce_KeepTheirValuesApart()
    {
        await using var radio = await StartAsync();
        var first = await radio.ConnectedAsync(First, Temperature);
        await using var second = await radio.ConnectedAsync(Second, Temperature);
        var (ofFirst, ofSecond) = (new Updates(), new Updates());
        await Find(first, 0x2A1C).StartUpdatesAsync(ofFirst.Add, Patience.Token);
        await Find(second, 0x2A1C).StartUpdatesAsync(ofSecond.Add, Patience.Token);

        await radio.Stage.SendAsync(First, 0x2A1C, 1);
        await radio.Stage.SendAsync(Second, 0x2A1C, 2);
        await ofFirst.ReachAsync(1);
        await first.DisposeAsync();
        await radio.Stage.SendAsync(Second, 0x2A1C, 3);
        await ofSecond.ReachAsync(2);

        Assert.Equal(["01"], ofFirst.All);
        Assert.Equal(["02", "03"], ofSecond.All);
        Assert.False(second.Disconnected.IsCompleted);
    }

    [Fact]
    public async Task Device_ThatWasNeverHeard_IsGone()
    {
        await using var radio = await StartAsync();

        Assert.Equal(BluetoothFault.Gone, (await FaultOfAsync(radio.Central.ConnectAsync(new BluetoothAddress(1), false, Patience.Token))).Fault);
    }

    private protected abstract Task<IRadioStage> StageAsync();

    private static IBluetoothCharacteristic Find(IBluetoothDevice device, ushort number) =>
        device.Characteristics.Single(characteristic => characteristic.Id == GattUuid.Of(number));

    // Nothing holds the device, and it can be connected to.
    private static async Task AssertFreeAsync(StagedRadio radio, BluetoothAddress address)
    {
        Assert.False(await radio.Stage.IsHeldAsync(First));
        await radio.Stage.OnConnectAsync(First, StagedConnect.Accepted);
        await using var device = await radio.Central.ConnectAsync(address, pauseScan: false, Patience.Token);
        Assert.Single(device.Characteristics);
    }

    private static Task<BluetoothException> FaultOfAsync(Task task) => Assert.ThrowsAsync<BluetoothException>(() => task);

    private async Task<StagedRadio> StartAsync() => await StagedRadio.StartAsync(await StageAsync());

    /// <summary>What a subscription gave, in hexadecimal digits.</summary>
    private sealed class Updates
    {
        private readonly Lock _lock = new();
        private readonly Pulse _changed = new();
        private readonly List<string> _all = [];

        public IReadOnlyList<string> All
        {
            get
            {
                lock (_lock)
                    return [.. _all];
            }
        }

        public void Add(ReadOnlyMemory<byte> value)
        {
            lock (_lock)
                _all.Add(Convert.ToHexString(value.Span));
            _changed.Raise();
        }

        public async Task ReachAsync(int count)
        {
            for (var next = _changed.Next; All.Count < count; next = _changed.Next)
                await next.WaitAsync(Patience.Token);
        }
    }
}
