using System.Buffers;
using Dwapi.Edge.Gatt;
using Dwapi.Gotapi.Codes;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Quantities;

namespace Dwapi.Edge.Health;

/// <summary>Body Composition Measurement; the mass comes with it or from the Weight Scale service of the same weighing.</summary>
internal sealed class BodyCompositionCharacteristic : IHealthCharacteristic
{
    public ushort Number => GattNumbers.BodyCompositionMeasurement;

    public string Name => "body-composition-measurement";

    public HealthAttribute Attribute => HealthAttributes.Weight;

    public HealthReading Decode(ReadOnlySpan<byte> payload, HealthDevice device, DateTimeOffset receivedAt, IBufferWriter<byte> output)
    {
        if (!BodyCompositionMeasurement.TryDecode(payload, out var packet, out var fault))
            return HealthReading.Refused(fault);
        if (!device.Composition.TryJoin(payload, packet, out var whole, out var identity, out var abandoned))
            return new HealthReading { Outcome = HealthOutcome.Incomplete, Attribute = Attribute, Abandoned = abandoned };

        var stamped = device.Clock.TryDate(whole.Time, device.Reception(receivedAt), out var ahead, out var time);
        var mass = whole.Weight is null ? device.Masses.Find(time.UnixMilliseconds, whole.User) : null;
        if (whole.BodyFat == GattSteps.Unsuccessful || whole.Weight == GattSteps.Unsuccessful)
            return HealthReading.Without(Attribute) with { Abandoned = abandoned };
        if (whole.Weight is null && mass is null)
        {
            // Without its mass it is no measurement yet; some scales send the mass second.
            device.CompositionWithoutMass = (whole, time.UnixMilliseconds);
            return new HealthReading { Outcome = HealthOutcome.Incomplete, Attribute = Attribute, Abandoned = abandoned };
        }

        using (var slice = device.BeginQuantities(output))
            Write(new WeightParts(slice, whole.Imperial, time, !stamped), whole, mass);

        return device.Measured(Attribute, time, stamped, ahead) with
        {
            Identity = stamped && device.Clock.Advances ? identity : null,
            Abandoned = abandoned,
        };
    }

    public IReadOnlyList<DecodedField> Describe(ReadOnlySpan<byte> payload)
    {
        if (!BodyCompositionMeasurement.TryDecode(payload, out var packet, out _))
            return [];

        var mass = packet.Imperial ? MdcCodes.Pound : MdcCodes.Kilogram;
        List<DecodedField> fields = [];
        Add("body fat", packet.BodyFat, GattSteps.Tenths, MdcCodes.Percent.Text);
        if (packet.MultiplePackets)
            fields.Add(new("packet", "one of two"));
        if (packet.Time is { } time)
            fields.Add(new("time stamp", time.ToString()));
        if (packet.User is { } user)
            fields.Add(new("user", user == 255 ? "unknown" : $"{user}"));
        Add("basal metabolism", packet.BasalMetabolism, raw => new DecimalNumber(raw, 0), "kJ");
        Add("muscle percentage", packet.MusclePercentage, GattSteps.Tenths, MdcCodes.Percent.Text);
        Add("muscle mass", packet.MuscleMass, Masses, mass.Text);
        Add("fat free mass", packet.FatFreeMass, Masses, mass.Text);
        Add("soft lean mass", packet.SoftLeanMass, Masses, mass.Text);
        Add("body water mass", packet.BodyWaterMass, Masses, mass.Text);
        Add("impedance", packet.Impedance, GattSteps.Tenths, MdcCodes.Ohm.Text);
        Add("weight", packet.Weight, Masses, mass.Text);
        Add("height", packet.Height, raw => GattSteps.Height(raw, packet.Imperial), (packet.Imperial ? MdcCodes.Inch : MdcCodes.Metre).Text);
        return fields;

        DecimalNumber Masses(ushort raw) => GattSteps.Mass(raw, packet.Imperial);

        void Add(string name, ushort? raw, Func<ushort, DecimalNumber> step, string unit)
        {
            if (raw is { } value)
                fields.Add(new(name, value == GattSteps.Unsuccessful ? "no value" : $"{step(value)} {unit}"));
        }
    }

    private static void Write(WeightParts parts, in BodyCompositionMeasurement whole, in Quantity? mass)
    {
        if (whole.Weight is { } weight)
            parts.BodyMass(weight);
        else
            parts.BodyMass(mass!.Value);
        parts.BodyLength(whole.Height);
        parts.Composition(whole);
    }
}
