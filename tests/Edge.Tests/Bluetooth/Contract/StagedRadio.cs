using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Gatt;
using Dwapi.Edge.Signals;
using Dwapi.Edge.Tests.Support;

namespace Dwapi.Edge.Tests.Bluetooth.Contract;

/// <summary>A central that scans on its stage, and all that it has heard.</summary>
internal sealed class StagedRadio : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly Pulse _changed = new();
    private readonly List<BluetoothAdvertisement> _heard = [];
    private Task _running = Task.CompletedTask;

    private StagedRadio(IRadioStage stage) => Stage = stage;

    public IRadioStage Stage { get; }

    public IBluetoothCentral Central => Stage.Central;

    public static async Task<StagedRadio> StartAsync(IRadioStage stage)
    {
        var radio = new StagedRadio(stage);
        radio.Central.StateChanged += radio._changed.Raise;
        radio.Central.DeviceAdvertised += radio.Note;
        var scanning = stage.NextScanAsync();
        radio._running = radio.Central.RunAsync([GattUuid.Of(0x1809), GattUuid.Of(0x180D)], radio._stop.Token);
        await radio.ReachAsync(BluetoothState.On);
        await scanning;
        return radio;
    }

    /// <summary>Waits for a state.</summary>
    public Task ReachAsync(BluetoothState state) => UntilAsync(() => Central.State == state);

    /// <summary>A device that advertises a service, as the central heard it.</summary>
    public async Task<BluetoothAdvertisement> HearAsync(string address, string name, ushort service = 0x1809)
    {
        int before;
        lock (_lock)
            before = _heard.Count;
        await Stage.AdvertiseAsync(address, service);
        BluetoothAdvertisement? found = null;
        await UntilAsync(() =>
        {
            lock (_lock)
                found = _heard.Skip(before).FirstOrDefault(heard => heard.Name == name && heard.Services.Contains(GattUuid.Of(service)));
            return found is not null;
        });
        return found!;
    }

    /// <summary>Puts a device there, and connects to it.</summary>
    public async Task<IBluetoothDevice> ConnectedAsync(string address, params StagedCharacteristic[] characteristics)
    {
        await Stage.AddAsync(address, address, characteristics);
        var heard = await HearAsync(address, address);
        return await Central.ConnectAsync(heard.Address, pauseScan: false, Patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
        Assert.Equal(BluetoothState.Unavailable, Central.State);
        await Stage.DisposeAsync();
        _stop.Dispose();
    }

    private async Task UntilAsync(Func<bool> condition)
    {
        while (true)
        {
            var next = _changed.Next;
            if (condition())
                return;
            await next.WaitAsync(Patience.Token);
        }
    }

    private void Note(BluetoothAdvertisement advertisement)
    {
        lock (_lock)
            _heard.Add(advertisement);
        _changed.Raise();
    }
}
