namespace Dwapi.Edge.Bluetooth;

/// <summary>A connected device whose services are known; shaped like IDevice of Plugin.BLE. Dispose it to disconnect.</summary>
internal interface IBluetoothDevice : IAsyncDisposable
{
    /// <summary>Its address; the identity address if there is a bond.</summary>
    BluetoothAddress Address { get; }

    /// <summary>Its name.</summary>
    string? Name { get; }

    /// <summary>The battery in percent as far as the system itself follows it.</summary>
    byte? BatteryPercent { get; }

    /// <summary>All characteristics of all services.</summary>
    IReadOnlyList<IBluetoothCharacteristic> Characteristics { get; }

    /// <summary>Ends when the connection is lost or the device or the radio is gone.</summary>
    Task Disconnected { get; }
}
