using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Gatt;
using Dwapi.Gotapi.Health;

namespace Dwapi.Edge.Sources.Bluetooth;

/// <summary>
/// Which service a device is, for ever: its address, if that stays; a bond makes it stay. The System ID is second, because many cheap
/// devices of one kind all send the same.
/// </summary>
internal static class DeviceIdentity
{
    /// <summary>The service id.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="information">What it says of itself.</param>
    /// <exception cref="BluetoothException">Nothing about it stays: it has to be paired.</exception>
    public static string ServiceIdOf(BluetoothAddress address, IEnumerable<GattValue> information)
    {
        if (address.Kind != BluetoothAddressKind.PrivateRandom)
            return address.ServiceId;
        foreach (var value in information)
        {
            if (value.Characteristic == GattNumbers.SystemId && DeviceInformation.TryDecodeSystemId(value.Payload.Span, out var id, out _)
                && id != DeviceObject.NoSystemId)
            {
                return $"ble-{id.ToLowerInvariant()}";
            }
        }

        throw new BluetoothException(
            BluetoothFault.NeedsPairing, "The device changes its address and has no System ID: it could not be told from others.");
    }
}
