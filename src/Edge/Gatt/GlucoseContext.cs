namespace Dwapi.Edge.Gatt;

/// <summary>Glucose Measurement Context (0x2A34), the part that says how to read the measurement.</summary>
/// <param name="SequenceNumber">Number of the record that it belongs to.</param>
/// <param name="Meal">1 before a meal, 2 after one, 3 fasting, 4 casual, 5 bedtime; null if it is not said.</param>
public readonly record struct GlucoseContext(ushort SequenceNumber, byte? Meal)
{
    /// <summary>Decodes the characteristic.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> payload, out GlucoseContext context, out GattFault fault)
    {
        var fields = new GattPayload(payload);
        var flags = fields.U8();
        var number = fields.U16();
        fields.U8If((flags & 128) != 0);

        // Carbohydrate, its kind first.
        fields.U8If((flags & 1) != 0);
        fields.SFloatIf((flags & 1) != 0);
        context = new GlucoseContext(number, fields.U8If((flags & 2) != 0));
        fault = fields.TooShort ? GattFault.TooShort : GattFault.None;
        if (fault != GattFault.None)
            context = default;
        return fault == GattFault.None;
    }
}
