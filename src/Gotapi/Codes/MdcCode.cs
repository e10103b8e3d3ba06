using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dwapi.Gotapi.Codes;

/// <summary>One type or unit: its term, its 32-bit code and the words for people.</summary>
public sealed class MdcCode
{
    private readonly JsonEncodedText _standard;
    private readonly JsonEncodedText _literal;

    internal MdcCode(MdcPartition partition, int term, string text, string? tsLiteral = null)
    {
        Partition = partition;
        Term = term;
        Text = text;
        Code = partition == MdcPartition.None ? "" : Code32.ToString();
        TsLiteralCode = tsLiteral ?? Code;
        EncodedText = JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        _standard = JsonEncodedText.Encode(Code);
        _literal = JsonEncodedText.Encode(TsLiteralCode);
    }

    /// <summary>The partition of the term.</summary>
    public MdcPartition Partition { get; }

    /// <summary>The 16-bit term inside its partition.</summary>
    public int Term { get; }

    /// <summary>Partition x 65536 + term; 0 when the device does not say.</summary>
    public int Code32 => ((int)Partition << 16) + Term;

    /// <summary>The code as the texts want it, a decimal string; "" when the device does not say.</summary>
    public string Code { get; }

    /// <summary>The number that the DWAPI texts print, mostly the same.</summary>
    public string TsLiteralCode { get; }

    /// <summary>Words for people, in the spelling of the DWAPI texts; "" when the device does not say.</summary>
    public string Text { get; }

    internal JsonEncodedText EncodedText { get; }

    internal ref readonly JsonEncodedText Encoded(CodeSpelling spelling) => ref spelling == CodeSpelling.TsLiteral ? ref _literal : ref _standard;

    /// <inheritdoc/>
    public override string ToString() => $"{Code} {Text}";
}
