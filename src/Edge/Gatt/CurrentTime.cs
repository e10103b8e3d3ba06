namespace Dwapi.Edge.Gatt;

/// <summary>Current Time (0x2A2B, 10 bytes): what the device's clock says now.</summary>
/// <param name="Time">Wall clock.</param>
/// <param name="DayOfWeek">1 Monday to 7 Sunday, 0 unknown.</param>
/// <param name="Fractions256">1/256 s.</param>
/// <param name="AdjustReason">Bit 0 manual, 1 external reference, 2 time zone, 3 DST.</param>
public readonly record struct CurrentTime(GattDateTime Time, byte DayOfWeek, byte Fractions256, byte AdjustReason)
{
    /// <summary>Decodes the characteristic.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> payload, out CurrentTime time, out GattFault fault)
    {
        var fields = new GattPayload(payload);
        time = new CurrentTime(fields.Time(), fields.U8(), fields.U8(), fields.U8());
        fault = fields.TooShort ? GattFault.TooShort : time.DayOfWeek > 7 ? GattFault.OutOfRange : GattFault.None;
        if (fault != GattFault.None)
            time = default;
        return fault == GattFault.None;
    }

    /// <summary>The characteristic as it is written to a device to set its clock.</summary>
    public static byte[] Write(DateTime time)
    {
        var bytes = new byte[GattDateTime.Length + 3];
        GattDateTime.From(time).Write(bytes);
        bytes[7] = time.DayOfWeek == System.DayOfWeek.Sunday ? (byte)7 : (byte)time.DayOfWeek;
        bytes[8] = (byte)(time.TimeOfDay.Ticks % TimeSpan.TicksPerSecond * 256 / TimeSpan.TicksPerSecond);

        // Adjusted by an external reference.
        bytes[9] = 2;
        return bytes;
    }

    /// <summary>The wall clock reading with its fraction of a second.</summary>
    public bool TryGetDateTime(out DateTime time)
    {
        if (!Time.TryGetDateTime(out time))
            return false;
        time = time.AddTicks(TimeSpan.TicksPerSecond * Fractions256 / 256);
        return true;
    }
}
