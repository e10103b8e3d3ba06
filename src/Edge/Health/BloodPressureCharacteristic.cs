using System.Buffers;
using System.Text.Json;
using Dwapi.Edge.Gatt;
using Dwapi.Gotapi.Codes;
using Dwapi.Gotapi.Health;

namespace Dwapi.Edge.Health;

/// <summary>Blood Pressure Measurement.</summary>
internal sealed class BloodPressureCharacteristic : IHealthCharacteristic
{
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

    public ushort Number => GattNumbers.BloodPressureMeasurement;

    public string Name => "blood-pressure-measurement";

    public HealthAttribute Attribute => HealthAttributes.BloodPressure;

    public HealthReading Decode(ReadOnlySpan<byte> payload, HealthDevice device, DateTimeOffset receivedAt, IBufferWriter<byte> output)
    {
        if (!BloodPressureMeasurement.TryDecode(payload, out var measurement, out var fault))
            return HealthReading.Refused(fault);
        if (!measurement.Systolic.TryGetNumber(out var systolic, out var reason) || !measurement.Diastolic.TryGetNumber(out var diastolic, out reason))
            return HealthReading.Without(Attribute, reason);

        var stamped = device.Clock.TryDate(measurement.Time, device.Reception(receivedAt), out var ahead, out var time);
        var unit = measurement.Kilopascal ? MdcCodes.Kilopascal : MdcCodes.MillimetreOfMercury;
        using (var slice = device.BeginQuantities(output))
        {
            slice.Write(Systolic, new Quantity(systolic, MdcCodes.SystolicPressure, unit, time, !stamped));
            slice.Write(Diastolic, new Quantity(diastolic, MdcCodes.DiastolicPressure, unit, time, !stamped));
            if (measurement.Mean.TryGetNumber(out var mean, out _))
                slice.Write(Mean, new Quantity(mean, MdcCodes.MeanPressure, unit, time, !stamped));
            if (measurement.PulseRate is { } rate && rate.TryGetNumber(out var pulse, out _))
                slice.Write(Pulse, new Quantity(pulse, MdcCodes.CuffPulseRate, MdcCodes.BeatsPerMinute, time, !stamped));
            foreach (var remark in Remarks)
            {
                if (measurement.Status.HasFlag(remark.Status))
                    slice.WriteFlag(remark.Name, true);
            }
        }

        return device.Measured(this, payload, time, stamped, ahead);
    }

    public IReadOnlyList<DecodedField> Describe(ReadOnlySpan<byte> payload)
    {
        if (!BloodPressureMeasurement.TryDecode(payload, out var measurement, out _))
            return [];
        var unit = (measurement.Kilopascal ? MdcCodes.Kilopascal : MdcCodes.MillimetreOfMercury).Text;
        List<DecodedField> fields =
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
