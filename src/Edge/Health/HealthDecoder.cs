using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using Dwapi.Edge.Gatt;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Health;

namespace Dwapi.Edge.Health;

/// <summary>
/// The one way from GATT bytes to health objects, for every source: Bluetooth, simulators, replay and the <c>decode</c> verb.
/// </summary>
public static class HealthDecoder
{
    /// <summary>The characteristics that carry measurements: what a connector subscribes to.</summary>
    public static ImmutableArray<ushort> Characteristics { get; } = [.. HealthCharacteristics.All.Select(characteristic => characteristic.Number)];

    /// <summary>The attribute that a characteristic's measurements belong to, or null.</summary>
    public static HealthAttribute? AttributeOf(ushort characteristic) => HealthCharacteristics.Find(characteristic)?.Attribute;

    /// <summary>Decodes one payload of one device.</summary>
    /// <param name="characteristic">16-bit number of the characteristic.</param>
    /// <param name="payload">Its bytes.</param>
    /// <param name="device">The device; it learns from information and remembers first packets.</param>
    /// <param name="receivedAt">When the payload came.</param>
    /// <param name="output">Gets the quantities slice, if the outcome is Measurement or Intermediate; otherwise nothing.</param>
    public static HealthReading Decode(
        ushort characteristic, ReadOnlySpan<byte> payload, HealthDevice device, DateTimeOffset receivedAt, IBufferWriter<byte> output)
    {
        var measuring = HealthCharacteristics.Find(characteristic);
        if (measuring is not null)
            return measuring.Decode(payload, device, receivedAt, output);

        return InformationCharacteristics.TryNote(characteristic, payload, device, receivedAt, out var reading)
            ? reading
            : HealthReading.Refused(GattFault.UnknownCharacteristic);
    }

    /// <summary>Decodes one payload for people: the object as an answer to GET shows it, and the fields.</summary>
    public static HealthExplanation Explain(ushort characteristic, ReadOnlySpan<byte> payload, HealthDevice device, DateTimeOffset receivedAt)
    {
        var quantities = new ArrayBufferWriter<byte>();
        var reading = Decode(characteristic, payload, device, receivedAt, quantities);
        var fields = HealthCharacteristics.Find(characteristic)?.Describe(payload) ?? InformationCharacteristics.Describe(characteristic, payload);
        if (quantities.WrittenCount == 0)
            return new HealthExplanation(reading, null, fields);

        var json = new ArrayBufferWriter<byte>();
        json.Write("{"u8);
        HealthSlices.WriteMember(
            json,
            reading.Attribute!,
            HealthSlices.Inner(DeviceObjectWriter.ToUtf8(device.ToDeviceObject(reading.Attribute!), reading.Attribute!.HasModelName)).Span,
            device.Battery.Utf8.Span,
            HealthSlices.Inner(quantities.WrittenMemory).Span);
        json.Write("}"u8);
        return new HealthExplanation(reading, Encoding.UTF8.GetString(json.WrittenSpan), fields);
    }

    /// <summary>The live event of an intermediate value (DECISIONS 18).</summary>
    public static EventFrame IntermediateEvent(in HealthReading reading, HealthDevice device, ReadOnlyMemory<byte> quantities)
    {
        var members = new ArrayBufferWriter<byte>();
        members.Write("{"u8);
        HealthSlices.WriteMember(members, reading.Attribute!, default, device.Battery.Utf8.Span, HealthSlices.Inner(quantities).Span);
        members.Write("}"u8);
        return new EventFrame
        {
            ServiceId = device.ServiceId,
            Profile = HealthAttributes.Profile,
            Attribute = reading.Attribute!.Name,
            Intermediate = true,
            Members = members.WrittenMemory,
        };
    }

    /// <summary>Writes a measurement as an item for the outbox.</summary>
    public static void WriteItem(
        IBufferWriter<byte> output, in HealthReading reading, HealthDevice device, DateTimeOffset receivedAt, ReadOnlySpan<byte> quantities) =>
        EventItemWriter.Write(
            output, device.ServiceId, HealthAttributes.Profile, reading.Attribute!.Name, receivedAt.ToUnixTimeMilliseconds(), reading.Stamped,
            reading.Identity, device.Battery.Utf8.Span, quantities, reading.Continuous);
}
