using Dwapi.Edge.Bluetooth;
using Plugin.BLE.Abstractions.Contracts;
using Plugin.BLE.Abstractions.EventArgs;

namespace Dwapi.Edge.PluginBle;

/// <summary>A characteristic of a device that Plugin.BLE is connected to.</summary>
internal sealed class PluginBleCharacteristic(PluginBleDevice device, ICharacteristic characteristic, Guid service, PluginBlePlatform platform)
    : IBluetoothCharacteristic
{
    private const CharacteristicProperties Known = CharacteristicProperties.Read | CharacteristicProperties.WriteWithoutResponse
        | CharacteristicProperties.Write | CharacteristicProperties.Notify | CharacteristicProperties.Indicate;

    private readonly Lock _lock = new();
    private Action<ReadOnlyMemory<byte>>? _handler;
    private int _reads;

    public Guid Id { get; } = characteristic.Id;

    public Guid Service { get; } = service;

    /// <inheritdoc/>
    public CharacteristicProperties Properties { get; } = (CharacteristicProperties)characteristic.Properties & Known;

    public async Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        try
        {
            var (data, code) = await device.CallAsync(characteristic.ReadAsync, cancellationToken).ConfigureAwait(false);
            return code == 0 ? [.. data ?? []] : throw PluginBleFault.Of(code, "to be read");
        }
        finally
        {
            Interlocked.Decrement(ref _reads);
        }
    }

    public async Task WriteAsync(byte[] value, CancellationToken cancellationToken)
    {
        var code = await device.CallAsync(limit => characteristic.WriteAsync(value, limit), cancellationToken).ConfigureAwait(false);
        if (code != 0)
            throw PluginBleFault.Of(code, "to be written");
    }

    public async Task StartUpdatesAsync(Action<ReadOnlyMemory<byte>> valueUpdated, CancellationToken cancellationToken)
    {
        // Before the call: a device may send before it is answered.
        lock (_lock)
            _handler = valueUpdated;
        characteristic.ValueUpdated -= Pass;
        characteristic.ValueUpdated += Pass;
        try
        {
            await device.CallAsync(characteristic.StartUpdatesAsync, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Forget();
            throw;
        }
    }

    public Task StopUpdatesAsync(CancellationToken cancellationToken)
    {
        Forget();
        return device.CallAsync(characteristic.StopUpdatesAsync, cancellationToken);
    }

    /// <summary>What it hands on goes nowhere any more.</summary>
    public void Forget()
    {
        characteristic.ValueUpdated -= Pass;
        lock (_lock)
            _handler = null;
    }

    // The event says only that there is a value: it has to be taken before the next one comes.
    private void Pass(object? sender, CharacteristicUpdatedEventArgs updated)
    {
        lock (_lock)
        {
            if (_handler is { } handler && !(platform.ReadsAreUpdates && Volatile.Read(ref _reads) > 0))
                handler(new ReadOnlyMemory<byte>([.. updated.Characteristic.Value ?? []]));
        }
    }
}
