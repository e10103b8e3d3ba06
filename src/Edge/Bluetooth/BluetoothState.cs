namespace Dwapi.Edge.Bluetooth;

/// <summary>State of the radio.</summary>
internal enum BluetoothState
{
    /// <summary>No adapter, or nobody who drives it.</summary>
    Unavailable,

    /// <summary>There is an adapter, without power.</summary>
    Off,

    /// <summary>Usable.</summary>
    On,
}
