using System.Buffers;
using System.Text.Json;
using Dwapi.Edge.Gatt;
using Dwapi.Gotapi.Codes;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Quantities;

namespace Dwapi.Edge.Health;

/// <summary>Blood Pressure Measurement and Intermediate Cuff Pressure. What a cuff shows on its way is no systolic pressure, so it has its own part.</summary>
internal sealed class BloodPressureCharacteristic(bool intermediate) : IHealthCharacteristic
{
    private static readonly HealthPart Cuff = HealthAttributes.BloodPressure.FindPart("cuffPressure")!;
    private static readonly HealthPart Systolic = HealthAttributes.BloodPressure.FindPart("systolic")!;
    private static readonly HealthPart Diastolic = HealthAttributes.BloodPressure.FindPart("diastolic")!;
    private static readonly HealthPart Mean = HealthAttributes.BloodPressure.FindPart("meanArterialPressure")!;
    private static readonly HealthPart Pulse = HealthAttributes.BloodPressure.FindPart("pulseRate")!;

    // What a person must know to trust the numbers; a member is there only if it is true.
    private static readonly (BloodPressureStatus Status, JsonEncodedText Name)[] Remarks =
    [
        (BloodPressureStatus.BodyMovement, JsonEncodedText.Encode("bodyMovement")),
        (BloodPressureStatus.CuffTooLoose, JsonEncodedText.Encode("cuffTooLoose")),
        (BloodPressureStatus.IrregularPulse, JsonEncodedText.Encode("irregularPulse")),
        (BloodPressureStatus.PulseAboveRange, JsonEncodedText.Encode("pulseAboveRange")),
        (BloodPressureStatus.PulseBelowRange, JsonEncodedText.Encode("pulseBelowRange")),
        (BloodPressureStatus.ImproperPosition, JsonEncodedText.Encode("improperPosition")),
    ];

    public ushort Number { get; } = intermediate ? GattNumbers.IntermediateCuffPressure : GattNumbers.BloodPressureMeasurement;

    public string Name { get; } = intermediate ? "intermediate-cuff-pressure" : "blood-pressure-measurement";

    public HealthAttribute Attribute => HealthAttributes.BloodPressure;

    public HealthReading Decode(ReadOnlySpan<byte> payload, HealthDevice device, DateTimeOffset receivedAt, IBufferWriter<byte> output)
    {
        if (!BloodPressureMeasurement.TryDecode(payload, out var measurement, out var fault))
            return HealthReading.Refused(fault);
        var diastolic = default(DecimalNumber);
        if (!measurement.Systolic.TryGetNumber(out var first, out var reason)
            || (!intermediate && !measurement.Diastolic.TryGetNumber(out diastolic, out reason)))
        {
            return HealthReading.Without(Attribute, reason);
        }

        var stamped = device.Clock.TryDate(measurement.Time, device.Reception(receivedAt), out var ahead, out var time);
        var unit = measurement.Kilopascal ? MdcCodes.Kilopascal : MdcCodes.MillimetreOfMercury;
        using (var slice = device.BeginQuantities(output))
        {
            if (intermediate)
            {
                slice.Write(Cuff, new Quantity(first, MdcCodes.CuffPressure, unit, time, !stamped));
            }
            else
            {
                slice.Write(Systolic, new Quantity(first, MdcCodes.SystolicPressure, unit, time, !stamped));
                slice.Write(Diastolic, new Quantity(diastolic, MdcCodes.DiastolicPressure, unit, time, !stamped));
                if (measurement.Mean.TryGetNumber(out var mean, out _))
                    slice.Write(Mean, new Quantity(mean, MdcCodes.MeanPressure, unit, time, !stamped));
            }

            if (measurement.PulseRate is { } rate && rate.TryGetNumber(out var pulse, out _))
                slice.Write(Pulse, new Quantity(pulse, MdcCodes.CuffPulseRate, MdcCodes.BeatsPerMinute, time, !stamped));
            foreach (var remark in Remarks)
            {
                if (measurement.Status.HasFlag(remark.Status))
                    slice.WriteFlag(remark.Name, true);
            }
        }

        return intermediate ? device.Intermediate(this, time, stamped, ahead) : device.Measured(this, payload, time, stamped, ahead);
    }

    public IReadOnlyList<DecodedField> Describe(ReadOnlySpan<byte> payload)
    {
        if (!BloodPressureMeasurement.TryDecode(payload, out var measurement, out _))
            return [];
        var unit = (measurement.Kilopascal ? MdcCodes.Kilopascal : MdcCodes.MillimetreOfMercury).Text;
        List<DecodedField> fields = intermediate
            ? [DecodedField.Of("cuff pressure", measurement.Systolic, unit)]
            :
            [
                DecodedField.Of("systolic", measurement.Systolic, unit),
                DecodedField.Of("diastolic", measurement.Diastolic, unit),
                DecodedField.Of("mean", measurement.Mean, unit),
            ];
        if (measurement.Time is { } time)
            fields.Add(new("time stamp", time.ToString()));
        if (measurement.PulseRate is { } pulse)
            fields.Add(DecodedField.Of("pulse rate", pulse, MdcCodes.BeatsPerMinute.Text));
        if (measurement.User is { } user)
            fields.Add(new("user", user == 255 ? "unknown" : $"{user}"));
        if (measurement.Status != BloodPressureStatus.None)
            fields.Add(new("status", $"{measurement.Status}"));
        return fields;
    }
}
