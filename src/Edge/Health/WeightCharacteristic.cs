using System.Buffers;
using Dwapi.Edge.Gatt;
using Dwapi.Gotapi.Codes;
using Dwapi.Gotapi.Health;

namespace Dwapi.Edge.Health;

/// <summary>Weight Measurement of the Weight Scale service.</summary>
internal sealed class WeightCharacteristic : IHealthCharacteristic
{
    public ushort Number => GattNumbers.WeightMeasurement;

    public string Name => "weight-measurement";

    public HealthAttribute Attribute => HealthAttributes.Weight;

    public HealthReading Decode(ReadOnlySpan<byte> payload, HealthDevice device, DateTimeOffset receivedAt, IBufferWriter<byte> output)
    {
        if (!WeightMeasurement.TryDecode(payload, out var measurement, out var fault))
            return HealthReading.Refused(fault);
        if (measurement.Weight == GattSteps.Unsuccessful)
            return HealthReading.Without(Attribute);

        var stamped = device.Clock.TryDate(measurement.Time, device.Reception(receivedAt), out var ahead, out var time);
        using (var slice = device.BeginQuantities(output))
        {
            var parts = new WeightParts(slice, measurement.Imperial, time, !stamped);
            device.Masses.Add(parts.BodyMass(measurement.Weight), measurement.User);
            parts.BodyLength(measurement.Height);
            parts.BodyMassIndex(measurement.BodyMassIndex);
            if (device.TakeComposition(time.UnixMilliseconds, measurement.User) is { } composition)
                parts.Composition(composition);
        }

        return device.Measured(this, payload, time, stamped, ahead);
    }

    public IReadOnlyList<DecodedField> Describe(ReadOnlySpan<byte> payload)
    {
        if (!WeightMeasurement.TryDecode(payload, out var measurement, out _))
            return [];

        var (mass, length) = measurement.Imperial ? (MdcCodes.Pound, MdcCodes.Inch) : (MdcCodes.Kilogram, MdcCodes.Metre);
        var weight = measurement.Weight == GattSteps.Unsuccessful ? "unsuccessful" : $"{GattSteps.Mass(measurement.Weight, measurement.Imperial)} {mass.Text}";
        List<DecodedField> fields = [new("weight", weight)];
        if (measurement.Time is { } time)
            fields.Add(new("time stamp", time.ToString()));
        if (measurement.User is { } user)
            fields.Add(new("user", user == 255 ? "unknown" : $"{user}"));
        if (measurement.BodyMassIndex is { } index)
            fields.Add(new("BMI", $"{GattSteps.Tenths(index)} {MdcCodes.KilogramPerSquareMetre.Text}"));
        if (measurement.Height is { } height)
            fields.Add(new("height", $"{GattSteps.Height(height, measurement.Imperial)} {length.Text}"));
        return fields;
    }
}
