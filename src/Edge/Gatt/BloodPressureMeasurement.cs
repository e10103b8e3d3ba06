using Dwapi.Gotapi.Quantities;

namespace Dwapi.Edge.Gatt;

/// <summary>
/// Blood Pressure Measurement (0x2A35) and Intermediate Cuff Pressure (0x2A36) of the Blood Pressure service; the values are possibly special ones.
/// </summary>
/// <param name="Systolic">Systolic pressure; of an intermediate value the pressure in the cuff, and the two others mean nothing.</param>
/// <param name="Diastolic">Diastolic pressure.</param>
/// <param name="Mean">Mean arterial pressure.</param>
/// <param name="Kilopascal">False: mmHg.</param>
/// <param name="Time">Time stamp, if there is one.</param>
/// <param name="PulseRate">Beats per minute, if it is there.</param>
/// <param name="User">User index, 255 unknown.</param>
/// <param name="Status">What the device says of the measurement.</param>
public readonly record struct BloodPressureMeasurement(
    SFloat Systolic, SFloat Diastolic, SFloat Mean, bool Kilopascal, GattDateTime? Time, SFloat? PulseRate, byte? User, BloodPressureStatus Status)
{
    /// <summary>Decodes the characteristic.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> payload, out BloodPressureMeasurement measurement, out GattFault fault)
    {
        var fields = new GattPayload(payload);
        var flags = fields.U8();
        measurement = new BloodPressureMeasurement(
            fields.SFloat(), fields.SFloat(), fields.SFloat(), (flags & 1) != 0, fields.TimeIf((flags & 2) != 0), fields.SFloatIf((flags & 4) != 0),
            fields.U8If((flags & 8) != 0), (BloodPressureStatus)(fields.U16If((flags & 16) != 0) ?? 0));
        fault = fields.TooShort ? GattFault.TooShort : GattFault.None;
        if (fault != GattFault.None)
            measurement = default;
        return fault == GattFault.None;
    }
}
