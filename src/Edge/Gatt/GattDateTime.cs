namespace Dwapi.Edge.Gatt;

/// <summary>
/// Date Time (0x2A08, 7 bytes; also the time stamp inside measurements): the device's wall clock, no zone, no DST. Unset clocks are
/// common, so a stamp is data to judge, not a reason to drop a measurement.
/// </summary>
/// <param name="Year">1582 to 9999, 0 unknown.</param>
/// <param name="Month">1 to 12, 0 unknown.</param>
/// <param name="Day">1 to 31, 0 unknown.</param>
/// <param name="Hour">0 to 23.</param>
/// <param name="Minute">0 to 59.</param>
/// <param name="Second">0 to 59.</param>
public readonly record struct GattDateTime(ushort Year, byte Month, byte Day, byte Hour, byte Minute, byte Second)
{
    /// <summary>Bytes of the field.</summary>
    public const int Length = 7;

    /// <summary>Decodes the characteristic.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> payload, out GattDateTime time, out GattFault fault)
    {
        var fields = new GattPayload(payload);
        time = fields.Time();
        fault = fields.TooShort ? GattFault.TooShort : GattFault.None;
        return fault == GattFault.None;
    }

    /// <summary>The wall clock reading.</summary>
    /// <returns>False if a part of the date is unknown or there is no such date or time of day.</returns>
    public bool TryGetDateTime(out DateTime time)
    {
        time = default;
        if (Year is < 1582 or > 9999 || Month is < 1 or > 12 || Day < 1 || Day > DateTime.DaysInMonth(Year, Month)
            || Hour > 23 || Minute > 59 || Second > 59)
        {
            return false;
        }

        time = new DateTime(Year, Month, Day, Hour, Minute, Second, DateTimeKind.Unspecified);
        return true;
    }

    /// <summary>Writes the field as a device sends it.</summary>
    public void Write(Span<byte> bytes)
    {
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16LittleEndian(bytes, Year);
        bytes[2] = Month;
        bytes[3] = Day;
        bytes[4] = Hour;
        bytes[5] = Minute;
        bytes[6] = Second;
    }

    /// <summary>The field of a wall clock reading.</summary>
    public static GattDateTime From(DateTime time) =>
        new((ushort)time.Year, (byte)time.Month, (byte)time.Day, (byte)time.Hour, (byte)time.Minute, (byte)time.Second);

    /// <inheritdoc/>
    public override string ToString() => $"{Year:0000}-{Month:00}-{Day:00} {Hour:00}:{Minute:00}:{Second:00}";
}
