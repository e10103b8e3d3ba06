namespace Dwapi.Edge.Bluetooth;

/// <summary>Something did not work at the radio.</summary>
internal sealed class BluetoothException(BluetoothFault fault, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>What to make of it.</summary>
    public BluetoothFault Fault { get; } = fault;
}
