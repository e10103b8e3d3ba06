using System.Buffers;
using System.Text.Json;
using Dwapi.Edge.Gatt;
using Dwapi.Gotapi.Codes;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Quantities;
using Dwapi.Gotapi.Time;

namespace Dwapi.Edge.Health;

/// <summary>Heart Rate Measurement. The service has no time stamp: the reception dates it.</summary>
internal sealed class HeartRateCharacteristic : IHealthCharacteristic
{
    private static readonly HealthPart Rate = HealthAttributes.Heart.FindPart("rate")!;
    private static readonly HealthPart Rr = HealthAttributes.Heart.FindPart("rr")!;
    private static readonly HealthPart Energy = HealthAttributes.Heart.FindPart("energy")!;
    private static readonly JsonEncodedText RrIntervals = JsonEncodedText.Encode("rrIntervals");
    private static readonly JsonEncodedText Contact = JsonEncodedText.Encode("contact");

    public ushort Number => GattNumbers.HeartRateMeasurement;

    public string Name => "heart-rate-measurement";

    public HealthAttribute Attribute => HealthAttributes.Heart;

    public HealthReading Decode(ReadOnlySpan<byte> payload, HealthDevice device, DateTimeOffset receivedAt, IBufferWriter<byte> output)
    {
        if (!HeartRateMeasurement.TryDecode(payload, out var measurement, out var fault))
            return HealthReading.Refused(fault);

        var time = device.Reception(receivedAt);
        using (var slice = device.BeginQuantities(output))
        {
            slice.Write(Rate, new Quantity(new DecimalNumber(measurement.Rate, 0), MdcCodes.HeartRate, MdcCodes.BeatsPerMinute, time, true));
            if (measurement.RrCount > 0)
                WriteRr(slice, measurement, time);
            if (measurement.EnergyExpended is { } energy)
                slice.Write(Energy, EnergyOf(energy, device.Codes, time));
            if (measurement.Contact == false)
                slice.WriteFlag(Contact, false);
        }

        return new HealthReading { Outcome = HealthOutcome.Measurement, Attribute = Attribute, Time = time };
    }

    public IReadOnlyList<DecodedField> Describe(ReadOnlySpan<byte> payload)
    {
        if (!HeartRateMeasurement.TryDecode(payload, out var measurement, out _))
            return [];

        List<DecodedField> fields = [new("rate", $"{measurement.Rate} {MdcCodes.BeatsPerMinute.Text}")];
        fields.Add(new("skin contact", measurement.Contact switch { true => "yes", false => "no", _ => "not supported" }));
        if (measurement.EnergyExpended is { } energy)
            fields.Add(new("energy", $"{energy} kJ"));
        for (var i = 0; i < measurement.RrCount; i++)
            fields.Add(new("RR", $"{GattSteps.RrInterval(measurement.Rr(i))} ms"));
        return fields;
    }

    private static void WriteRr(QuantitiesWriter slice, HeartRateMeasurement measurement, TimeStamp time)
    {
        var count = measurement.RrCount;
        slice.Write(Rr, new Quantity(GattSteps.RrInterval(measurement.Rr(count - 1)), MdcCodes.RrInterval, MdcCodes.Millisecond, time, true));
        if (count == 1)
            return;

        // rr is the newest alone; a variability needs all of them.
        slice.BeginList(RrIntervals);
        for (var i = 0; i < count; i++)
            slice.WriteElement(GattSteps.RrInterval(measurement.Rr(i)));
        slice.EndList();
    }

    // The texts print the code of the calorie: then the value has to be in calories too. 100 cal is the coarsest step that keeps
    // neighbouring kilojoules (239 cal) apart.
    private static Quantity EnergyOf(ushort kilojoules, CodeSpelling codes, TimeStamp time) => codes == CodeSpelling.TsLiteral
        ? new Quantity(
            new DecimalNumber((int)Math.Round(kilojoules * 10_000m / 4184m, MidpointRounding.ToEven), 2), MdcCodes.EnergyExpended, MdcCodes.Calorie, time, true)
        : new Quantity(GattSteps.Kilojoules(kilojoules), MdcCodes.EnergyExpended, MdcCodes.Joule, time, true);
}
