namespace Dwapi.Edge.Gatt;

/// <summary>Weight Measurement (0x2A9D) of the Weight Scale service; numbers in the steps of <see cref="GattSteps"/>.</summary>
/// <param name="Weight">In steps of 0.005 kg or 0.01 lb; <see cref="GattSteps.Unsuccessful"/> if the measurement failed.</param>
/// <param name="Imperial">True: pounds and inches.</param>
/// <param name="Time">Time stamp, if there is one.</param>
/// <param name="User">User index, 255 unknown.</param>
/// <param name="BodyMassIndex">In steps of 0.1 kg/m2.</param>
/// <param name="Height">In steps of 0.001 m or 0.1 inch.</param>
public readonly record struct WeightMeasurement(
    ushort Weight, bool Imperial, GattDateTime? Time, byte? User, ushort? BodyMassIndex, ushort? Height)
{
    /// <summary>Decodes the characteristic.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> payload, out WeightMeasurement measurement, out GattFault fault)
    {
        var fields = new GattPayload(payload);
        var flags = fields.U8();
        var index = (flags & 8) != 0;
        measurement = new WeightMeasurement(
            fields.U16(), (flags & 1) != 0, fields.TimeIf((flags & 2) != 0), fields.U8If((flags & 4) != 0), fields.U16If(index), fields.U16If(index));
        fault = fields.TooShort ? GattFault.TooShort : GattFault.None;
        if (fault != GattFault.None)
            measurement = default;
        return fault == GattFault.None;
    }
}
