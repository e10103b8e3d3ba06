using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dwapi.WebApi.Management;

/// <summary>JSON that is passed on as it was received: an object whose outer braces were cut off at the door, or one value.</summary>
/// <param name="Utf8">The members or the value.</param>
/// <param name="Members">True when the outer braces have to be put back.</param>
[JsonConverter(typeof(RawJsonConverter))]
public readonly record struct RawJson(ReadOnlyMemory<byte> Utf8, bool Members)
{
    internal sealed class RawJsonConverter : JsonConverter<RawJson>
    {
        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Slices are only written.");

        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options)
        {
            if (!value.Members)
            {
                writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
                return;
            }

            byte[] whole = [(byte)'{', .. value.Utf8.Span, (byte)'}'];
            writer.WriteRawValue(whole, skipInputValidation: true);
        }
    }
}
