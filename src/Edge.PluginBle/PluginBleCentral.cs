using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Signals;
using Microsoft.Extensions.Logging;
using Plugin.BLE.Abstractions.Contracts;
using Plugin.BLE.Abstractions.EventArgs;
using BluetoothState = Dwapi.Edge.Bluetooth.BluetoothState;

namespace Dwapi.Edge.PluginBle;

/// <summary>The radio of a platform of Plugin.BLE.</summary>
/// <param name="bluetooth">The Bluetooth of the platform.</param>
/// <param name="platform">What is peculiar to it.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where to.</param>
internal sealed class PluginBleCentral(IBluetoothLE bluetooth, PluginBlePlatform platform, TimeProvider time, ILogger log) : IBluetoothCentral
{
    private static readonly TimeSpan LongestSwitch = TimeSpan.FromSeconds(10);

    private readonly Pulse _changed = new();
    private readonly Lock _lock = new();
    private readonly Sightings _sightings = new(platform, time);
    private HashSet<Guid> _services = [];
    private Task _scanning = Task.CompletedTask;
    private int _pauses;
    private string? _scanProblem;

    public BluetoothState State { get; private set; }

    public string? Problem { get; private set; } = "Bluetooth is being started.";

    public event Action? StateChanged;

    public event Action<BluetoothAdvertisement>? DeviceAdvertised;

    public async Task RunAsync(IReadOnlyCollection<Guid> services, CancellationToken cancellationToken)
    {
        _services = [.. services];
        bluetooth.StateChanged += NoteState;
        IAdapter? adapter = null;
        PluginBleScan? scan = null;
        try
        {
            TellState();
            await SwitchOnAsync(cancellationToken).ConfigureAwait(false);
            while (true)
            {
                var changed = _changed.Next;
                TellState();
                if (State == BluetoothState.On && adapter is null)
                {
                    // Not before: Plugin.BLE gives one that does nothing, for ever, while there is no radio.
                    adapter = bluetooth.Adapter;
                    adapter.DeviceAdvertised += Hear;
                    scan = new PluginBleScan(adapter, platform, [.. services], _sightings, time, log);
                }

                if (State == BluetoothState.On && TryBegin() is { } end)
                    await ScanAsync(scan!, end, changed, cancellationToken).ConfigureAwait(false);
                else
                    await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            bluetooth.StateChanged -= NoteState;
            if (adapter is not null)
                adapter.DeviceAdvertised -= Hear;
            (State, Problem) = (BluetoothState.Unavailable, "Bluetooth is stopped.");
            StateChanged?.Invoke();
        }
    }

    public async Task<IBluetoothDevice> ConnectAsync(BluetoothAddress address, bool pauseScan, CancellationToken cancellationToken)
    {
        var sighting = Find(address);
        if (!pauseScan)
            return await PluginBleDevice.ConnectAsync(bluetooth, sighting, platform, time, log, cancellationToken).ConfigureAwait(false);

        Task scanning;
        lock (_lock)
        {
            _pauses++;
            scanning = _scanning;
        }

        _changed.Raise();
        try
        {
            await scanning.WaitAsync(cancellationToken).ConfigureAwait(false);
            return await PluginBleDevice.ConnectAsync(bluetooth, sighting, platform, time, log, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
                _pauses--;
            _changed.Raise();
        }
    }

    // The dialog is not used: what the device asks, the system itself asks the person, where it can ask at all.
    public async Task<BluetoothAddress> PairAsync(BluetoothAddress address, IPairingDialog dialog, CancellationToken cancellationToken)
    {
        var sighting = Find(address);
        try
        {
            await bluetooth.Adapter.BondAsync(sighting.Device).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (NotSupportedException e)
        {
            throw new BluetoothException(
                BluetoothFault.NotSupported, "this system pairs by itself, when the edge first reads the device: allow the device, and answer what the system asks", e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw PluginBleFault.Of(e);
        }

        // Windows returns without a word when the device wanted a passkey or refused.
        if (!Sightings.IsBonded(sighting.Device))
        {
            throw new BluetoothException(
                BluetoothFault.NeedsPairing, "the system made no bond: bring the device into its pairing mode, and pair it in the Bluetooth settings of the system");
        }

        _sightings.NotePaired(address);
        return address;
    }

    private Sighting Find(BluetoothAddress address) =>
        State != BluetoothState.On ? throw new BluetoothException(BluetoothFault.NotReady, Problem ?? "Bluetooth is not ready.")
        : _sightings.Find(address) ?? throw new BluetoothException(BluetoothFault.Gone, $"{address} is not in sight.");

    // Once, at the start: who switches it off afterwards means it. Not every platform lets a program do it.
    private async Task SwitchOnAsync(CancellationToken cancellationToken)
    {
        if (State != BluetoothState.Off)
            return;
        try
        {
            await bluetooth.TrySetStateAsync(true).WaitAsync(LongestSwitch, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.BluetoothFault(log, $"it could not be switched on: {e.Message}");
        }
    }

    /// <summary>Begins a scan, unless it is to pause.</summary>
    /// <returns>What to set when it has ended.</returns>
    private TaskCompletionSource? TryBegin()
    {
        lock (_lock)
        {
            if (_pauses > 0)
                return null;
            var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _scanning = end.Task;
            return end;
        }
    }

    private async Task ScanAsync(PluginBleScan scan, TaskCompletionSource end, Task changed, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var scanning = scan.RunAsync(stop.Token);
            await Task.WhenAny(scanning, changed).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
            await scanning.ConfigureAwait(false);
        }
        catch (BluetoothException e)
        {
            _scanProblem = e.Message;
        }
        finally
        {
            end.SetResult();
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private void Hear(object? sender, DeviceEventArgs heard)
    {
        if (heard.Device is { } device && _sightings.Note(device, _services) is { } sighting)
            DeviceAdvertised?.Invoke(sighting.ToAdvertisement());
    }

    private void NoteState(object? sender, BluetoothStateChangedArgs changed) => _changed.Raise();

    private void TellState()
    {
        var (state, problem) = _scanProblem is null ? RadioState.Of(bluetooth.State) : (BluetoothState.Unavailable, _scanProblem);
        if (state == State && problem == Problem)
            return;
        (State, Problem) = (state, problem);
        Log.BluetoothState(log, state == BluetoothState.On ? LogLevel.Information : LogLevel.Warning, state, problem ?? "");
        StateChanged?.Invoke();
    }
}
