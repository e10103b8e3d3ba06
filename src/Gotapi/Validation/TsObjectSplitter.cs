using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Health;

namespace Dwapi.Gotapi.Validation;

/// <summary>
/// Splits an EVENT or RESPONSE in the shape of the texts, <c>{"thermometer":{"device":{...},"temperature":{...}}}</c>, into the three
/// slices. Values keep their bytes; validate the slices afterwards.
/// </summary>
public static class TsObjectSplitter
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = LinkLimits.MaxDepth, AllowDuplicateProperties = false };

    /// <summary>Splits.</summary>
    /// <param name="attribute">Whose object.</param>
    /// <param name="members">The members of the frame that are not its envelope (<see cref="EventFrame.Members"/>).</param>
    public static TsObject Split(HealthAttribute attribute, ReadOnlyMemory<byte> members)
    {
        try
        {
            using var document = JsonDocument.Parse(members, Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return Refused(HealthFault.NotJson);
            if (!document.RootElement.TryGetProperty(attribute.TopLevelObject, out var top))
                return Refused(HealthFault.MissingMember, attribute.TopLevelObject);
            return top.ValueKind == JsonValueKind.Object ? Split(top) : Refused(HealthFault.InvalidMember, attribute.TopLevelObject);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return Refused(HealthFault.NotJson);
        }
    }

    private static TsObject Split(JsonElement top)
    {
        ReadOnlyMemory<byte> device = default, battery = BatteryLevel.Unknown.Utf8;
        if (top.TryGetProperty("device", out var stated))
        {
            if (stated.ValueKind != JsonValueKind.Object)
                return Refused(HealthFault.InvalidMember, "device");

            device = Others(stated, DeviceMembers.BatteryLevel, DeviceMembers.DeviceBatteryLevel);
            if (device.Length == 2)
                device = default;
            if (stated.TryGetProperty(DeviceMembers.BatteryLevel, out var level) || stated.TryGetProperty(DeviceMembers.DeviceBatteryLevel, out level))
            {
                var json = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(level));
                json.Read();
                if (!BatteryLevelRule.IsValid(json))
                    return Refused(HealthFault.InvalidMember, "device", DeviceMembers.BatteryLevel);
                battery = JsonMarshal.GetRawUtf8Value(level).ToArray();
            }
        }

        return new TsObject { Device = device, BatteryLevel = battery, Quantities = Others(top, "device", null) };
    }

    private static ReadOnlyMemory<byte> Others(JsonElement from, string without, string? orWithout)
    {
        var output = new ArrayBufferWriter<byte>(512);
        var json = PooledJson.Rent(output);
        json.WriteStartObject();
        foreach (var member in from.EnumerateObject())
        {
            if (member.NameEquals(without) || (orWithout is not null && member.NameEquals(orWithout)))
                continue;
            json.WritePropertyName(member.Name);
            json.WriteRawValue(JsonMarshal.GetRawUtf8Value(member.Value), skipInputValidation: true);
        }

        json.WriteEndObject();
        json.Flush();
        PooledJson.Return(json);
        return output.WrittenMemory;
    }

    private static TsObject Refused(HealthFault fault, string? part = null, string? member = null) =>
        new() { Refusal = new HealthRefusal(fault, part, member) };
}
