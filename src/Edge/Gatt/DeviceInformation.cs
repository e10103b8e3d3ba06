using System.Text;
using System.Text.Unicode;
using Dwapi.Gotapi.Health;

namespace Dwapi.Edge.Gatt;

/// <summary>The characteristics of the Device Information and Battery services and other single values.</summary>
public static class DeviceInformation
{
    private const int SystemIdLength = 8;

    /// <summary>A string: UTF-8 without terminator; a trailing zero is tolerated.</summary>
    public static bool TryDecodeText(ReadOnlySpan<byte> payload, out string text, out GattFault fault)
    {
        payload = payload.TrimEnd((byte)0);
        fault = Utf8.IsValid(payload) && !payload.ContainsAnyInRange((byte)0, (byte)31) ? GattFault.None : GattFault.NotText;
        text = fault == GattFault.None ? Encoding.UTF8.GetString(payload).Trim() : "";
        return fault == GattFault.None;
    }

    /// <summary>
    /// System ID: 8 bytes, least significant first; the text is the EUI-64, that is the bytes reversed. All zeros mean not known.
    /// </summary>
    public static bool TryDecodeSystemId(ReadOnlySpan<byte> payload, out string systemId, out GattFault fault)
    {
        systemId = DeviceObject.NoSystemId;
        fault = payload.Length < SystemIdLength ? GattFault.TooShort : GattFault.None;
        if (fault != GattFault.None)
            return false;

        Span<byte> reversed = stackalloc byte[SystemIdLength];
        payload[..SystemIdLength].CopyTo(reversed);
        reversed.Reverse();
        systemId = Convert.ToHexString(reversed);
        return true;
    }

    /// <summary>The system id of a device that sends none: its public address with FFFE in the middle.</summary>
    /// <param name="address">48 bits of a public BD address; a random one says nothing about the device.</param>
    public static string SystemIdOf(ulong address) => $"{address >> 24 & 0xFFFFFF:X6}FFFE{address & 0xFFFFFF:X6}";

    /// <summary>Battery Level: percent, 0 to 100.</summary>
    public static bool TryDecodeBattery(ReadOnlySpan<byte> payload, out BatteryLevel level, out GattFault fault)
    {
        fault = payload.IsEmpty ? GattFault.TooShort : payload[0] > 100 ? GattFault.OutOfRange : GattFault.None;
        level = fault == GattFault.None ? BatteryLevel.FromPercent(payload[0]) : BatteryLevel.Unknown;
        return fault == GattFault.None;
    }

    /// <summary>Temperature Type: the static site of a thermometer.</summary>
    public static bool TryDecodeTemperatureType(ReadOnlySpan<byte> payload, out TemperatureType type, out GattFault fault)
    {
        fault = payload.IsEmpty ? GattFault.TooShort : GattFault.None;
        type = payload.IsEmpty ? default : (TemperatureType)payload[0];
        return fault == GattFault.None;
    }

    /// <summary>Body Sensor Location.</summary>
    public static bool TryDecodeSensorLocation(ReadOnlySpan<byte> payload, out BodySensorLocation location, out GattFault fault)
    {
        fault = payload.IsEmpty ? GattFault.TooShort : GattFault.None;
        location = payload.IsEmpty ? default : (BodySensorLocation)payload[0];
        return fault == GattFault.None;
    }
}
