using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Time;

namespace Dwapi.Gotapi.Validation;

/// <summary>Writes a checked slice of a foreign plug-in anew in the canonical spelling; numbers keep their digits.</summary>
internal static class QuantitiesRewriter
{
    public static ReadOnlyMemory<byte> Rewrite(HealthAttribute attribute, ReadOnlyMemory<byte> quantities)
    {
        using var document = JsonDocument.Parse(quantities);
        var output = new ArrayBufferWriter<byte>(quantities.Length + 64);
        var json = PooledJson.Rent(output);
        json.WriteStartObject();
        foreach (var member in document.RootElement.EnumerateObject())
        {
            json.WritePropertyName(member.Name);
            if (attribute.FindPart(member.Name) is null)
                Raw(json, member.Value);
            else
                Quantity(json, member.Value);
        }

        json.WriteEndObject();
        json.Flush();
        PooledJson.Return(json);
        return output.WrittenMemory;
    }

    private static void Quantity(Utf8JsonWriter json, JsonElement quantity)
    {
        json.WriteStartObject();
        var byPlugIn = false;
        foreach (var member in quantity.EnumerateObject())
        {
            var known = QuantityMember.Find(System.Text.Encoding.UTF8.GetBytes(member.Name), out _);
            json.WritePropertyName(known == QuantityMembers.None ? member.Name : QuantityMember.Of(known));
            switch (known)
            {
                case QuantityMembers.MderFloat:
                    json.WriteStringValue(member.Value.GetString()!.ToUpperInvariant());
                    break;
                case QuantityMembers.TypeCode or QuantityMembers.UnitCode when member.Value.ValueKind == JsonValueKind.Number:
                    json.WriteStringValue(member.Value.GetRawText());
                    break;
                case QuantityMembers.TimeStampString:
                    var offset = TimeStamp.Parse(member.Value.GetString()!).OffsetMinutes;
                    json.WriteStringValue(new TimeStamp(quantity.GetProperty(QuantityMember.TimeStamp).GetInt64(), offset).ToString());
                    break;
                default:
                    Raw(json, member.Value);
                    break;
            }

            byPlugIn |= known == QuantityMembers.TimeStampByPlugIn;
        }

        // A plug-in written to the texts cannot say it; it states a time of measurement, so it is taken at its word.
        if (!byPlugIn)
            json.WriteBoolean(QuantityMember.TimeStampByPlugIn, false);
        json.WriteEndObject();
    }

    private static void Raw(Utf8JsonWriter json, JsonElement value) =>
        json.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
}
