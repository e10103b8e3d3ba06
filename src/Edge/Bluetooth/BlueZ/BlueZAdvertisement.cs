namespace Dwapi.Edge.Bluetooth.BlueZ;

/// <summary>What an object of bluetoothd says about a device.</summary>
internal static class BlueZAdvertisement
{
    /// <summary>The address.</summary>
    public static BluetoothAddress AddressOf(BlueZObject device) =>
        BluetoothAddress.TryParse(device.Text(BlueZNames.Device, "Address"), out var address)
            ? address with { IsRandom = device.Text(BlueZNames.Device, "AddressType") == "random" }
            : default;

    /// <summary>The name of the device; bluetoothd makes its alias of the address when it has none.</summary>
    public static string? NameOf(BlueZObject device) => device.Text(BlueZNames.Device, "Name");

    /// <summary>All of it, or null if it is no device.</summary>
    public static BluetoothAdvertisement? Of(BlueZObject device)
    {
        var address = AddressOf(device);
        return address == default ? null : new BluetoothAdvertisement(
            address,
            NameOf(device),
            device.Get(BlueZNames.Device, "RSSI") as short?,
            [.. device.Texts(BlueZNames.Device, "UUIDs").Select(text => Guid.TryParse(text, out var uuid) ? uuid : default)],
            device.Is(BlueZNames.Device, "Paired"));
    }
}
