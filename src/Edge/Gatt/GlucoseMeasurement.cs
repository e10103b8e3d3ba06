using Dwapi.Gotapi.Quantities;

namespace Dwapi.Edge.Gatt;

/// <summary>Glucose Measurement (0x2A18).</summary>
/// <param name="SequenceNumber">Number of the record on the device.</param>
/// <param name="BaseTime">Time of the record without its offset.</param>
/// <param name="OffsetMinutes">What to add to it; users set the clock by this.</param>
/// <param name="Concentration">In kg/L or mol/L, possibly a special value; null if the record has none.</param>
/// <param name="Molar">True: mol/L.</param>
/// <param name="Type">1 to 10, see <see cref="GlucoseSample"/>.</param>
/// <param name="Location">Where the sample was taken.</param>
/// <param name="ContextFollows">True if a Glucose Measurement Context with the same number follows.</param>
public readonly record struct GlucoseMeasurement(
    ushort SequenceNumber, GattDateTime BaseTime, short? OffsetMinutes, SFloat? Concentration, bool Molar, GlucoseSample Type, GlucoseLocation Location,
    bool ContextFollows)
{
    /// <summary>The device's wall clock reading at the measurement, or null if its clock is not set.</summary>
    public GattDateTime? Time
    {
        get
        {
            if (!BaseTime.TryGetDateTime(out var time))
                return null;
            var ticks = time.Ticks + ((OffsetMinutes ?? 0) * TimeSpan.TicksPerMinute);
            return ticks < 0 || ticks > DateTime.MaxValue.Ticks ? null : GattDateTime.From(new DateTime(ticks));
        }
    }

    /// <summary>The concentration in mg/dL or mmol/L: the exponent moves, the digits stay.</summary>
    public static DecimalNumber PerLitre(DecimalNumber number, bool molar) => number with { Exponent = (sbyte)(number.Exponent + (molar ? 3 : 5)) };

    /// <summary>Decodes the characteristic.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> payload, out GlucoseMeasurement measurement, out GattFault fault)
    {
        var fields = new GattPayload(payload);
        var flags = fields.U8();
        var (number, time, offset) = (fields.U16(), fields.Time(), (short?)fields.U16If((flags & 1) != 0));
        var concentration = fields.SFloatIf((flags & 2) != 0);
        var sample = fields.U8If((flags & 2) != 0) ?? 0;
        fields.U16If((flags & 8) != 0);
        measurement = new GlucoseMeasurement(
            number, time, offset, concentration, (flags & 4) != 0, (GlucoseSample)(sample & 15), (GlucoseLocation)(sample >> 4), (flags & 16) != 0);
        fault = fields.TooShort ? GattFault.TooShort : GattFault.None;
        if (fault != GattFault.None)
            measurement = default;
        return fault == GattFault.None;
    }
}
