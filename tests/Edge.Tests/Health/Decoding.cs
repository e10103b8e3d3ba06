using System.Buffers;
using System.Text.Json.Nodes;
using Dwapi.Edge.Health;
using Dwapi.Edge.Tests.Gatt;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Validation;

namespace Dwapi.Edge.Tests.Health;

/// <summary>Decodes hex and reads what was written back, through the server's own door.</summary>
internal static class Decoding
{
    public static readonly DateTimeOffset Received = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    public static HealthDevice Device(TimeZoneInfo? zone = null) => new("ble.AABBCCDDEEFF", zone);

    public static (HealthReading Reading, JsonObject? Quantities) Decode(
        this HealthDevice device, ushort characteristic, string hex, DateTimeOffset? receivedAt = null)
    {
        var output = new ArrayBufferWriter<byte>();
        var reading = HealthDecoder.Decode(characteristic, Bytes.Of(hex), device, receivedAt ?? Received, output);
        if (output.WrittenCount == 0)
            return (reading, null);

        var validation = HealthObjectValidator.Validate(reading.Attribute!, output.WrittenMemory, reading.Outcome == HealthOutcome.Intermediate);
        Assert.Equal(default, validation.Refusal);
        Assert.False(validation.Rewritten);
        Assert.Equal(reading.Time.UnixMilliseconds, validation.MeasuredAt);
        Assert.Equal(reading.Stamped, !validation.TimeStampByPlugIn);
        return (reading, JsonNode.Parse(output.WrittenSpan)!.AsObject());
    }

    /// <summary>The item of a reading as the server reads it, under number 1.</summary>
    public static EventItem Item(in HealthReading reading, HealthDevice device, ArrayBufferWriter<byte> quantities)
    {
        var item = new ArrayBufferWriter<byte>();
        HealthDecoder.WriteItem(item, reading, device, Received, quantities.WrittenSpan);
        var writer = new EventsFrameWriter();
        Assert.True(writer.TryAdd(1, item.WrittenSpan));
        Assert.True(LinkFrameReader.TryRead(writer.End(), out var frame, out _));
        var items = new EventItemReader((EventsFrame)frame!, new Utf8StringCache());
        Assert.True(items.MoveNext());
        return items.Current;
    }

    public static string Number(this JsonObject? quantities, string part) =>
        $"{quantities![part]!["value"]!.ToJsonString()} {(string?)quantities[part]!["mderFloat"]} {(string?)quantities[part]!["typeCode"]} {(string?)quantities[part]!["unitCode"]}";

    public static IEnumerable<string> Parts(this JsonObject? quantities) => quantities!.Select(member => member.Key);
}
