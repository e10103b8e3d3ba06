using Dwapi.Edge.DBus;

namespace Dwapi.Edge.Bluetooth.BlueZ;

/// <summary>What the errors of bluetoothd mean.</summary>
internal static class BlueZFault
{
    /// <summary>The error as one of the radio.</summary>
    public static BluetoothException Of(DBusException error) => error is DBusErrorException named
        ? new BluetoothException(FaultOf(named), named.Message, error)
        : new BluetoothException(BluetoothFault.NotReady, error.Message, error);

    private static BluetoothFault FaultOf(DBusErrorException error) => error.Name switch
    {
        "org.bluez.Error.NotReady" or DBusErrorException.ServiceUnknown => BluetoothFault.NotReady,
        "org.bluez.Error.NotAuthorized" or "org.bluez.Error.AuthenticationFailed" or "org.bluez.Error.AuthenticationRejected"
            or "org.bluez.Error.AuthenticationCanceled" or "org.bluez.Error.AuthenticationTimeout" => BluetoothFault.NeedsPairing,

        // The ATT error comes as text: 0x05 insufficient authentication, 0x0f insufficient encryption.
        "org.bluez.Error.Failed" when error.Message.Contains("0x05", StringComparison.Ordinal)
            || error.Message.Contains("0x0f", StringComparison.Ordinal) || error.Message.Contains("Not paired", StringComparison.Ordinal)
            => BluetoothFault.NeedsPairing,
        "org.bluez.Error.NotSupported" or "org.bluez.Error.NotPermitted" => BluetoothFault.NotSupported,
        "org.bluez.Error.NotConnected" or "org.bluez.Error.DoesNotExist" or "org.freedesktop.DBus.Error.UnknownObject" => BluetoothFault.Gone,
        DBusErrorException.NoReply => BluetoothFault.TimedOut,
        DBusErrorException.AccessDenied => BluetoothFault.Forbidden,
        _ => BluetoothFault.Failed,
    };
}
