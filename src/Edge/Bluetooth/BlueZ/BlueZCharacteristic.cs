using Dwapi.Edge.DBus;

namespace Dwapi.Edge.Bluetooth.BlueZ;

/// <summary>A characteristic of a device that bluetoothd is connected to.</summary>
internal sealed class BlueZCharacteristic(BlueZSession session, BlueZObject known, Guid id, Guid service) : IBluetoothCharacteristic
{
    public Guid Id { get; } = id;

    public Guid Service { get; } = service;

    public CharacteristicProperties Properties { get; } = known.Texts(BlueZNames.Characteristic, "Flags")
        .Aggregate(CharacteristicProperties.None, (flags, text) => flags | FlagOf(text));

    public async Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        var answer = await session.CallAsync(known.Path, BlueZNames.ReadValue, cancellationToken, new Dictionary<object, object>()).ConfigureAwait(false);
        return (byte[])answer[0];
    }

    public Task WriteAsync(byte[] value, CancellationToken cancellationToken)
    {
        var type = Properties.HasFlag(CharacteristicProperties.Write) ? "request" : "command";
        return session.CallAsync(
            known.Path, BlueZNames.WriteValue, cancellationToken, value, new Dictionary<object, object> { ["type"] = DBusVariant.Of(type) });
    }

    public async Task StartUpdatesAsync(Action<ReadOnlyMemory<byte>> valueUpdated, CancellationToken cancellationToken)
    {
        // Before the call: a device may send before it is answered.
        session.Subscribe(known.Path, valueUpdated);
        try
        {
            await session.CallAsync(known.Path, BlueZNames.StartNotify, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            session.Unsubscribe(known.Path);
            throw;
        }
    }

    public async Task StopUpdatesAsync(CancellationToken cancellationToken)
    {
        session.Unsubscribe(known.Path);
        await session.CallAsync(known.Path, BlueZNames.StopNotify, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What it hands on goes nowhere any more; the device is let go anyway.</summary>
    public void Forget() => session.Unsubscribe(known.Path);

    private static CharacteristicProperties FlagOf(string text) => text switch
    {
        "read" => CharacteristicProperties.Read,
        "write" => CharacteristicProperties.Write,
        "write-without-response" => CharacteristicProperties.WriteWithoutResponse,
        "notify" => CharacteristicProperties.Notify,
        "indicate" => CharacteristicProperties.Indicate,
        _ => CharacteristicProperties.None,
    };
}
