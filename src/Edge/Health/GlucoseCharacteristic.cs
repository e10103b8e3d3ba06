using System.Buffers;
using System.Text.Json;
using Dwapi.Edge.Gatt;
using Dwapi.Gotapi.Codes;
using Dwapi.Gotapi.Health;

namespace Dwapi.Edge.Health;

/// <summary>Glucose Measurement; with its context, if one follows.</summary>
internal sealed class GlucoseCharacteristic : IHealthCharacteristic
{
    private static readonly HealthPart Glucose = HealthAttributes.Glucometer.FindPart("glucose")!;
    private static readonly JsonEncodedText Location = JsonEncodedText.Encode("sampleLocation");
    private static readonly JsonEncodedText Meal = JsonEncodedText.Encode("meal");

    public ushort Number => GattNumbers.GlucoseMeasurement;

    public string Name => "glucose-measurement";

    public HealthAttribute Attribute => HealthAttributes.Glucometer;

    public HealthReading Decode(ReadOnlySpan<byte> payload, HealthDevice device, DateTimeOffset receivedAt, IBufferWriter<byte> output)
    {
        if (!GlucoseMeasurement.TryDecode(payload, out var measurement, out var fault))
            return HealthReading.Refused(fault);
        if (device.Glucose.MustWait(measurement, payload, receivedAt))
            return new HealthReading { Outcome = HealthOutcome.Incomplete, Attribute = Attribute };
        return Write(measurement, payload, null, device, receivedAt, output);
    }

    /// <summary>Writes the measurement with what its context says, if there is one.</summary>
    public static HealthReading Write(
        in GlucoseMeasurement measurement, ReadOnlySpan<byte> raw, GlucoseContext? context, HealthDevice device, DateTimeOffset receivedAt,
        IBufferWriter<byte> output)
    {
        var attribute = HealthAttributes.Glucometer;
        if (measurement.Concentration is not { } concentration || measurement.Type == GlucoseSample.ControlSolution)
            return HealthReading.Without(attribute);
        if (!concentration.TryGetNumber(out var number, out var reason))
            return HealthReading.Without(attribute, reason);

        var stamped = device.Clock.TryDate(measurement.Time, device.Reception(receivedAt), out var ahead, out var time);
        var unit = measurement.Molar ? MdcCodes.MillimolePerLitre : MdcCodes.MilligramPerDecilitre;
        using (var slice = device.BeginQuantities(output))
        {
            slice.Write(Glucose, new Quantity(GlucoseMeasurement.PerLitre(number, measurement.Molar), TypeOf(measurement.Type), unit, time, !stamped));
            if (LocationOf(measurement.Location) is { } location)
                slice.WriteText(Location, location);
            if (MealOf(context?.Meal) is { } meal)
                slice.WriteText(Meal, meal);
        }

        // The number in the record tells it from every other one: no need for the clock to run (DECISIONS 11).
        return device.Measured(attribute, time, stamped, ahead) with
        {
            Identity = stamped ? MeasurementIdentity.Of(GattNumbers.GlucoseMeasurement, raw) : null,
        };
    }

    public IReadOnlyList<DecodedField> Describe(ReadOnlySpan<byte> payload)
    {
        if (!GlucoseMeasurement.TryDecode(payload, out var measurement, out _))
            return [];
        List<DecodedField> fields = [new("record", $"{measurement.SequenceNumber}")];
        if (measurement.Concentration is { } concentration)
        {
            var unit = (measurement.Molar ? MdcCodes.MillimolePerLitre : MdcCodes.MilligramPerDecilitre).Text;
            fields.Add(concentration.TryGetNumber(out var number, out var reason)
                ? new("glucose", $"{GlucoseMeasurement.PerLitre(number, measurement.Molar)} {unit}")
                : new("glucose", $"no value ({reason})"));
            fields.Add(new("sample", $"{measurement.Type}, {measurement.Location}"));
        }

        fields.Add(new("base time", measurement.BaseTime.ToString()));
        if (measurement.OffsetMinutes is { } offset)
            fields.Add(new("offset", $"{offset} min"));
        if (measurement.ContextFollows)
            fields.Add(new("context", "follows"));
        return fields;
    }

    private static MdcCode TypeOf(GlucoseSample sample) => sample switch
    {
        GlucoseSample.CapillaryWholeBlood => MdcCodes.GlucoseCapillaryWholeBlood,
        GlucoseSample.CapillaryPlasma => MdcCodes.GlucoseCapillaryPlasma,
        GlucoseSample.VenousWholeBlood => MdcCodes.GlucoseVenousWholeBlood,
        GlucoseSample.VenousPlasma => MdcCodes.GlucoseVenousPlasma,
        GlucoseSample.ArterialWholeBlood => MdcCodes.GlucoseArterialWholeBlood,
        GlucoseSample.ArterialPlasma => MdcCodes.GlucoseArterialPlasma,
        GlucoseSample.UndeterminedWholeBlood => MdcCodes.GlucoseWholeBlood,
        GlucoseSample.UndeterminedPlasma => MdcCodes.GlucosePlasma,
        GlucoseSample.InterstitialFluid => MdcCodes.GlucoseInterstitialFluid,
        _ => MdcCodes.Unspecified,
    };

    private static string? LocationOf(GlucoseLocation location) => location switch
    {
        GlucoseLocation.Finger => "finger",
        GlucoseLocation.AlternateSite => "alternate site",
        GlucoseLocation.EarLobe => "ear lobe",
        _ => null,
    };

    private static string? MealOf(byte? meal) => meal switch
    {
        1 => "before meal",
        2 => "after meal",
        3 => "fasting",
        4 => "casual",
        5 => "bedtime",
        _ => null,
    };
}
