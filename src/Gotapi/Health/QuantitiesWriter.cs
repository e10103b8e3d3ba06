using System.Buffers;
using System.Text.Json;
using Dwapi.Gotapi.Codes;
using Dwapi.Gotapi.Quantities;
using Dwapi.Gotapi.Time;

namespace Dwapi.Gotapi.Health;

/// <summary>
/// Writes the quantities slice of one measurement, once, as UTF-8: <c>{"temperature":{...}}</c>. Nobody behind it parses or writes
/// these bytes again (DECISIONS 10).
/// </summary>
/// <example>
/// <code>
/// using (var slice = QuantitiesWriter.Begin(output, CodeSpelling.Standard))
///     slice.Write(part, quantity);
/// </code>
/// </example>
public readonly ref struct QuantitiesWriter
{
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText Mder = JsonEncodedText.Encode("mderFloat");
    private static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    private static readonly JsonEncodedText TypeCode = JsonEncodedText.Encode("typeCode");
    private static readonly JsonEncodedText Unit = JsonEncodedText.Encode("unit");
    private static readonly JsonEncodedText UnitCode = JsonEncodedText.Encode("unitCode");
    private static readonly JsonEncodedText TimeStampMember = JsonEncodedText.Encode("timeStamp");
    private static readonly JsonEncodedText TimeStampString = JsonEncodedText.Encode("timeStampString");
    private static readonly JsonEncodedText ByPlugIn = JsonEncodedText.Encode("timeStampByPlugIn");

    private readonly Utf8JsonWriter _json;
    private readonly CodeSpelling _codes;

    private QuantitiesWriter(Utf8JsonWriter json, CodeSpelling codes)
    {
        _json = json;
        _codes = codes;
    }

    /// <summary>Begins a slice; dispose the writer to end it.</summary>
    /// <param name="output">Where to; on return of Dispose it holds the whole object.</param>
    /// <param name="codes">Which numbers stand for types and units.</param>
    public static QuantitiesWriter Begin(IBufferWriter<byte> output, CodeSpelling codes)
    {
        var json = PooledJson.Rent(output);
        json.WriteStartObject();
        return new QuantitiesWriter(json, codes);
    }

    /// <summary>Writes one quantity.</summary>
    public void Write(HealthPart part, in Quantity quantity)
    {
        Span<byte> text = stackalloc byte[DecimalNumber.MaxTextLength];
        _json.WriteStartObject(part.EncodedName);
        quantity.Value.TryFormat(text, out var length);
        _json.WritePropertyName(Value);
        _json.WriteRawValue(text[..length], skipInputValidation: true);
        quantity.MderFloat.TryFormat(text);
        _json.WriteString(Mder, text[..MderFloat.TextLength]);
        _json.WriteString(Type, quantity.Type.EncodedText);
        _json.WriteString(TypeCode, quantity.Type.Encoded(_codes));
        _json.WriteString(Unit, quantity.Unit.EncodedText);
        _json.WriteString(UnitCode, quantity.Unit.Encoded(_codes));
        _json.WriteNumber(TimeStampMember, quantity.Time.UnixMilliseconds);
        quantity.Time.TryFormat(text);
        _json.WriteString(TimeStampString, text[..TimeStamp.TextLength]);
        _json.WriteBoolean(ByPlugIn, quantity.TimeStampByPlugIn);
        _json.WriteEndObject();
    }

    /// <summary>Writes an added member that is true or false.</summary>
    public void WriteFlag(in JsonEncodedText name, bool value) => _json.WriteBoolean(name, value);

    /// <summary>Writes an added member that is a text.</summary>
    public void WriteText(in JsonEncodedText name, string value) => _json.WriteString(name, value);

    /// <summary>Begins an added member that is a list of numbers; follow with <see cref="WriteElement"/> and <see cref="EndList"/>.</summary>
    public void BeginList(in JsonEncodedText name) => _json.WriteStartArray(name);

    /// <summary>Writes one number of a list.</summary>
    public void WriteElement(DecimalNumber number)
    {
        Span<byte> text = stackalloc byte[DecimalNumber.MaxTextLength];
        number.TryFormat(text, out var length);
        _json.WriteRawValue(text[..length], skipInputValidation: true);
    }

    /// <summary>Ends a list.</summary>
    public void EndList() => _json.WriteEndArray();

    /// <summary>Ends the slice.</summary>
    public void Dispose()
    {
        _json.WriteEndObject();
        _json.Flush();
        PooledJson.Return(_json);
    }
}
