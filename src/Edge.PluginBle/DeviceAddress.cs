using System.Buffers.Binary;
using System.Reflection;
using System.Security.Cryptography;
using Dwapi.Edge.Bluetooth;
using Plugin.BLE.Abstractions.Contracts;

namespace Dwapi.Edge.PluginBle;

/// <summary>
/// The address behind a device of Plugin.BLE. Windows and Android pack it into the last six bytes of the device's Guid. iOS and macOS hide it
/// and give a Guid of their own, which they keep for a device on this machine.
/// </summary>
internal static class DeviceAddress
{
    private const ulong Group = 1UL << 40;
    private const ulong LocallyGiven = 2UL << 40;
    private const ulong StaticRandom = 3UL << 46;
    private const ulong Reserved = 2UL << 46;

    /// <summary>The address of a device, or what stands for it.</summary>
    public static BluetoothAddress Of(IDevice device)
    {
        Span<byte> id = stackalloc byte[16];
        device.Id.TryWriteBytes(id, bigEndian: true, out _);
        if (id[..10].ContainsAnyExcept((byte)0))
            return StandIn(id);
        var bits = BinaryPrimitives.ReadUInt64BigEndian(id[8..]);
        return new BluetoothAddress(bits, SaysRandom(device.NativeDevice) ?? MustBeRandom(bits));
    }

    // Of the form "random and kept", because that is how long it holds: nobody takes it for an address that a manufacturer gave.
    private static BluetoothAddress StandIn(ReadOnlySpan<byte> id)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(id, digest);
        return new BluetoothAddress((BinaryPrimitives.ReadUInt64BigEndian(digest) >> 16) | StaticRandom, IsRandom: true);
    }

    // Windows says it (BluetoothLEDevice.BluetoothAddressType), but this assembly is built without Windows.
    private static bool? SaysRandom(object? native)
    {
        try
        {
            return native?.GetType().GetProperty("BluetoothAddressType")?.GetValue(native)?.ToString() switch
            {
                "Random" => true,
                "Public" => false,
                _ => null,
            };
        }
        catch (TargetInvocationException)
        {
            // Let go meanwhile.
            return null;
        }
    }

    // Manufacturers get neither group addresses nor locally given ones (IEEE 802); random ones never begin with the bits 10 (Core, Vol 6, Part B, 1.3.2).
    private static bool MustBeRandom(ulong bits) => (bits & (Group | LocallyGiven)) != 0 && (bits & StaticRandom) != Reserved;
}
