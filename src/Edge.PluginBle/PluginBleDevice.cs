using Dwapi.Edge.Bluetooth;
using Microsoft.Extensions.Logging;
using Plugin.BLE.Abstractions;
using Plugin.BLE.Abstractions.Contracts;
using Plugin.BLE.Abstractions.EventArgs;
using BluetoothState = Plugin.BLE.Abstractions.Contracts.BluetoothState;

namespace Dwapi.Edge.PluginBle;

/// <summary>A device that Plugin.BLE is connected to.</summary>
internal sealed class PluginBleDevice : IBluetoothDevice
{
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(5);

    // Of a connection that was not there yet, or is gone, the end is not told everywhere.
    private static readonly TimeSpan LongestGoodbyeUnmet = TimeSpan.FromSeconds(0.5);

    // An ATT transaction ends after that time (Core, Vol 3, Part F, 3.3.3); some platforms wait on.
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(30);

    private readonly IBluetoothLE _bluetooth;
    private readonly IAdapter _adapter;
    private readonly IDevice _device;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<PluginBleCharacteristic> _characteristics = [];
    private volatile bool _isConnected;

    private PluginBleDevice(IBluetoothLE bluetooth, Sighting sighting, TimeProvider time)
    {
        (_bluetooth, _adapter, _device, _time) = (bluetooth, bluetooth.Adapter, sighting.Device, time);
        (Address, Name) = (sighting.Address, sighting.Name);
        _bluetooth.StateChanged += NoteState;
        _adapter.DeviceConnected += NoteConnected;
        _adapter.DeviceDisconnected += NoteLost;
        _adapter.DeviceConnectionLost += NoteLost;
        _adapter.DeviceConnectionError += NoteLost;
    }

    public BluetoothAddress Address { get; }

    public string? Name { get; }

    public byte? BatteryPercent => null;

    public IReadOnlyList<IBluetoothCharacteristic> Characteristics => _characteristics;

    public Task Disconnected => _lost.Task;

    /// <summary>Connects and finds the services.</summary>
    /// <exception cref="BluetoothException">It did not work; the device is let go.</exception>
    public static async Task<PluginBleDevice> ConnectAsync(
        IBluetoothLE bluetooth, Sighting sighting, PluginBlePlatform platform, TimeProvider time, ILogger log, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connected = new PluginBleDevice(bluetooth, sighting, time);
        try
        {
            await connected.CallAsync(connected.ConnectAsync, LongestConnect, cancellationToken).ConfigureAwait(false);
            await connected.FindAsync(platform, log, cancellationToken).ConfigureAwait(false);
            return connected;
        }
        catch
        {
            await connected.LetGoAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _characteristics.ForEach(characteristic => characteristic.Forget());
        await LetGoAsync().ConfigureAwait(false);
    }

    /// <summary>Asks the device for something, no longer than it may take and no longer than it is there.</summary>
    /// <exception cref="BluetoothException">It refused, is gone, or did not answer.</exception>
    public Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        CallAsync(call, LongestAnswer, cancellationToken);

    /// <summary>The same for what gives nothing.</summary>
    public Task CallAsync(Func<CancellationToken, Task> call, CancellationToken cancellationToken) => CallAsync(
        async limit =>
        {
            await call(limit).ConfigureAwait(false);
            return true;
        },
        LongestAnswer,
        cancellationToken);

    private async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, TimeSpan longest, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(longest, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (_lost.Task.IsCompleted)
                throw Gone();

            // Not every platform listens to the token.
            var answer = call(either.Token);
            if (await Task.WhenAny(answer, _lost.Task).WaitAsync(either.Token).ConfigureAwait(false) != answer)
                throw Gone();
            return await answer.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested)
        {
            throw new BluetoothException(BluetoothFault.TimedOut, $"no answer within {longest.TotalSeconds:0} s", e);
        }
        catch (Exception e) when (e is not BluetoothException)
        {
            throw _lost.Task.IsCompleted || e is OperationCanceledException ? Gone(e) : PluginBleFault.Of(e);
        }
    }

    private static BluetoothException Gone(Exception? cause = null) => new(BluetoothFault.Gone, "The device dropped the connection", cause);

    // Android: devices that know classic Bluetooth too are to be talked to by low energy.
    private async Task<bool> ConnectAsync(CancellationToken cancellationToken)
    {
        await _adapter.ConnectToDeviceAsync(_device, new ConnectParameters(forceBleTransport: true), cancellationToken).ConfigureAwait(false);
        return _isConnected = true;
    }

    private async Task FindAsync(PluginBlePlatform platform, ILogger log, CancellationToken cancellationToken)
    {
        BluetoothException? refused = null;
        foreach (var service in await CallAsync(_device.GetServicesAsync, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                foreach (var found in await CallAsync(service.GetCharacteristicsAsync, cancellationToken).ConfigureAwait(false))
                    _characteristics.Add(new PluginBleCharacteristic(this, found, service.Id, platform));
            }
            catch (BluetoothException e) when (!_lost.Task.IsCompleted)
            {
                // Windows keeps some services for itself.
                Log.DeviceWithout(log, Address, $"service {service.Id} cannot be looked into ({e.Message})");
                refused = e;
            }
        }

        if (_characteristics.Count == 0 && refused is not null)
            throw refused;
    }

    private async Task LetGoAsync()
    {
        // Also one that is lost: Android keeps its part of it when the radio goes off.
        using var limit = new CancellationTokenSource(_isConnected && !_lost.Task.IsCompleted ? LongestGoodbye : LongestGoodbyeUnmet, _time);
        try
        {
            await _adapter.DisconnectDeviceAsync(_device, limit.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // It is gone already, or the platform does not say when it is.
        }

        // What is still on this list then, Windows would not connect to again.
        if (_adapter is AdapterBase { ConnectedDeviceRegistry: var connected })
        {
            foreach (var old in connected.Where(pair => pair.Value.Id == _device.Id))
                connected.TryRemove(old);
        }

        End();
    }

    private void End()
    {
        _bluetooth.StateChanged -= NoteState;
        _adapter.DeviceConnected -= NoteConnected;
        _adapter.DeviceDisconnected -= NoteLost;
        _adapter.DeviceConnectionLost -= NoteLost;
        _adapter.DeviceConnectionError -= NoteLost;
        _lost.TrySetResult();
    }

    private void NoteConnected(object? sender, DeviceEventArgs connected) => _isConnected |= connected.Device?.Id == _device.Id;

    // The late end of the connection before this one is not the end of this one.
    private void NoteLost(object? sender, DeviceEventArgs lost)
    {
        if (_isConnected && lost.Device?.Id == _device.Id && !SaysConnected())
            End();
    }

    private void NoteState(object? sender, BluetoothStateChangedArgs changed)
    {
        if (changed.NewState is not (BluetoothState.On or BluetoothState.TurningOn))
            End();
    }

    private bool SaysConnected()
    {
        try
        {
            return _device.State == DeviceState.Connected;
        }
        catch (Exception)
        {
            // Windows: it is being let go at this moment.
            return false;
        }
    }
}
