namespace Dwapi.Edge.Bluetooth;

/// <summary>A characteristic of a connected device; shaped like ICharacteristic of Plugin.BLE.</summary>
internal interface IBluetoothCharacteristic
{
    /// <summary>Its UUID.</summary>
    Guid Id { get; }

    /// <summary>UUID of its service.</summary>
    Guid Service { get; }

    /// <summary>What it can do.</summary>
    CharacteristicProperties Properties { get; }

    /// <summary>Reads the value.</summary>
    /// <exception cref="BluetoothException">It could not be read.</exception>
    Task<byte[]> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Writes the value, with an answer if the characteristic gives one.</summary>
    /// <exception cref="BluetoothException">It was not taken.</exception>
    Task WriteAsync(byte[] value, CancellationToken cancellationToken);

    /// <summary>
    /// Subscribes to notifications or indications. The handler gets each value once, in order, also equal ones; it must not wait.
    /// </summary>
    /// <exception cref="BluetoothException">The device refused.</exception>
    Task StartUpdatesAsync(Action<ReadOnlyMemory<byte>> valueUpdated, CancellationToken cancellationToken);

    /// <summary>Ends the subscription.</summary>
    Task StopUpdatesAsync(CancellationToken cancellationToken);
}
