using System.Globalization;

namespace Dwapi.Gotapi.Validation;

/// <summary>
/// JSON may escape half a surrogate pair, which is no Unicode text: whoever reads the string later fails, so it does not come in.
/// </summary>
internal static class EscapedText
{
    private const int Digits = 4;

    /// <summary>True when every escape of a JSON text is a character or half of a whole pair. What is no JSON is left to its reader.</summary>
    public static bool IsUnicode(ReadOnlySpan<byte> json)
    {
        for (var at = json.IndexOf((byte)'\\'); at >= 0; at = json.IndexOf((byte)'\\'))
        {
            json = json[at..];
            var first = Escape(json);
            if (first is >= 0xDC00 and <= 0xDFFF)
                return false;
            var isHigh = first is >= 0xD800 and <= 0xDBFF;
            json = json[Math.Min(json.Length, first < 0 ? 2 : 2 + Digits)..];
            if (!isHigh)
                continue;
            if (Escape(json) is < 0xDC00 or > 0xDFFF)
                return false;
            json = json[(2 + Digits)..];
        }

        return true;
    }

    // The code unit of the escape that the text begins with, or -1.
    private static int Escape(ReadOnlySpan<byte> json) =>
        json.Length >= 2 + Digits && json[0] == '\\' && json[1] == 'u'
        && int.TryParse(json.Slice(2, Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? unit
            : -1;
}
