using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Gatt;
using Microsoft.Extensions.Logging;

namespace Dwapi.Edge.Sources.Bluetooth;

/// <summary>
/// Calls of a connected device, each with a limit. What a device does not tell or take is logged, and no reason to lose its measurements; a
/// stop is none either: what it has sent up to now is still to be delivered.
/// </summary>
internal sealed class DeviceCalls(IBluetoothDevice device, TimeSpan longest, TimeProvider time, ILogger log)
{
    /// <summary>The characteristic of a number, if the device has it and it can do one of these.</summary>
    public IBluetoothCharacteristic? Find(ushort number, CharacteristicProperties able)
    {
        var uuid = GattUuid.Of(number);
        return device.Characteristics.FirstOrDefault(characteristic => characteristic.Id == uuid && (characteristic.Properties & able) != 0);
    }

    /// <summary>Reads a value.</summary>
    /// <returns>Null if it could not be read.</returns>
    public async Task<byte[]?> ReadAsync(IBluetoothCharacteristic characteristic, CancellationToken cancellationToken)
    {
        byte[]? value = null;
        await TryAsync(
            characteristic, "read", async limited => value = await characteristic.ReadAsync(limited).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);
        return value;
    }

    /// <summary>Writes a value.</summary>
    /// <returns>False if it was not taken.</returns>
    public Task<bool> WriteAsync(IBluetoothCharacteristic characteristic, byte[] value, CancellationToken cancellationToken) =>
        TryAsync(characteristic, "written", limited => characteristic.WriteAsync(value, limited), cancellationToken);

    /// <summary>Subscribes to a value that the session can do without.</summary>
    public Task FollowAsync(IBluetoothCharacteristic characteristic, Action<ReadOnlyMemory<byte>> valueUpdated, CancellationToken cancellationToken) =>
        TryAsync(characteristic, "followed", limited => characteristic.StartUpdatesAsync(valueUpdated, limited), cancellationToken);

    private async Task<bool> TryAsync(
        IBluetoothCharacteristic characteristic, string what, Func<CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        if (device.Disconnected.IsCompleted || cancellationToken.IsCancellationRequested)
            return false;
        using var limit = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await call(either.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is BluetoothException or OperationCanceledException)
        {
            Log.DeviceWithout(log, device.Address, $"{characteristic.Id} could not be {what} ({e.Message})");
            return false;
        }
    }
}
