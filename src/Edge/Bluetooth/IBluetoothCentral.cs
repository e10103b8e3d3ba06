namespace Dwapi.Edge.Bluetooth;

/// <summary>
/// The radio as the central of its devices: what the edge needs of it and no more, shaped like IBluetoothLE and IAdapter of Plugin.BLE,
/// so that their platforms can stand behind it. Handlers of events must not wait.
/// </summary>
internal interface IBluetoothCentral
{
    /// <summary>State of the radio.</summary>
    BluetoothState State { get; }

    /// <summary>Why it is not on, for people; null while it is.</summary>
    string? Problem { get; }

    /// <summary>The state changed.</summary>
    event Action? StateChanged;

    /// <summary>A device was heard.</summary>
    event Action<BluetoothAdvertisement>? DeviceAdvertised;

    /// <summary>Keeps the radio in use until cancelled, whatever happens to it; scans all the while for devices with one of these services.</summary>
    /// <param name="services">Services to look for; empty for every device.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task RunAsync(IReadOnlyCollection<Guid> services, CancellationToken cancellationToken);

    /// <summary>Connects to a device that was heard, and finds its services.</summary>
    /// <param name="address">The device.</param>
    /// <param name="pauseScan">True if it failed before: scanning stops meanwhile, or for longer than it does anyway, since some adapters cannot do both.</param>
    /// <param name="cancellationToken">Gives up; the device is let go.</param>
    /// <exception cref="BluetoothException">It did not work.</exception>
    Task<IBluetoothDevice> ConnectAsync(BluetoothAddress address, bool pauseScan, CancellationToken cancellationToken);

    /// <summary>Makes a bond with a device that was heard.</summary>
    /// <param name="address">The device.</param>
    /// <param name="dialog">Who answers what the device asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The address that it has from now on: a bond makes known the one behind a private address.</returns>
    /// <exception cref="BluetoothException">It did not work.</exception>
    Task<BluetoothAddress> PairAsync(BluetoothAddress address, IPairingDialog dialog, CancellationToken cancellationToken);
}
