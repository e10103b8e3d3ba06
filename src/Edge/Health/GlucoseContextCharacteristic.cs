using System.Buffers;
using Dwapi.Edge.Gatt;
using Dwapi.Gotapi.Health;

namespace Dwapi.Edge.Health;

/// <summary>Glucose Measurement Context: completes the measurement of the same number that waits for it.</summary>
internal sealed class GlucoseContextCharacteristic : IHealthCharacteristic
{
    public ushort Number => GattNumbers.GlucoseContext;

    public string Name => "glucose-measurement-context";

    public HealthAttribute Attribute => HealthAttributes.Glucometer;

    public HealthReading Decode(ReadOnlySpan<byte> payload, HealthDevice device, DateTimeOffset receivedAt, IBufferWriter<byte> output)
    {
        if (!GlucoseContext.TryDecode(payload, out var context, out var fault))
            return HealthReading.Refused(fault);
        if (!device.Glucose.TryTake(context.SequenceNumber, out var waiting))
            return new HealthReading { Outcome = HealthOutcome.Incomplete, Attribute = Attribute };
        return GlucoseCharacteristic.Write(waiting.Measurement, waiting.Raw, context, device, waiting.ReceivedAt, output);
    }

    public IReadOnlyList<DecodedField> Describe(ReadOnlySpan<byte> payload)
    {
        if (!GlucoseContext.TryDecode(payload, out var context, out _))
            return [];
        List<DecodedField> fields = [new("record", $"{context.SequenceNumber}")];
        if (context.Meal is { } meal)
            fields.Add(new("meal", $"{meal}"));
        return fields;
    }
}
