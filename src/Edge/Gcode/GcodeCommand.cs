using System.Globalization;

namespace Dwapi.Edge.Gcode;

/// <summary>
/// One line of G-code as Klipper reads it: a command like <c>G1 X10 F1200</c>, with blanks or without, or a macro like <c>PAUSE</c>; without
/// line number, checksum and comment.
/// </summary>
/// <param name="Name">The command in upper case; empty for a line without one.</param>
/// <param name="Words">The text of the parameters.</param>
internal readonly record struct GcodeCommand(string Name, string Words)
{
    /// <summary>Reads a line.</summary>
    public static GcodeCommand Parse(string line)
    {
        var end = line.IndexOfAny([';', '*']);
        var text = (end < 0 ? line : line[..end]).AsSpan().Trim();
        if (text.Length > 1 && text[0] is 'N' or 'n' && char.IsAsciiDigit(text[1]))
            text = text[1..].TrimStart("0123456789").TrimStart();
        var numbered = text.Length > 1 && char.IsAsciiDigit(text[1]);
        var length = numbered ? 1 + LengthOf(text[1..]) : text.IndexOfAny(' ', '\t');
        return length < 0 ? new(text.ToString().ToUpperInvariant(), "") : new(text[..length].ToString().ToUpperInvariant(), text[length..].Trim().ToString());
    }

    /// <summary>The number behind a letter; null if the letter is not there or no number follows.</summary>
    public double? Number(char letter)
    {
        for (var at = 0; at < Words.Length; at++)
        {
            if (char.ToUpperInvariant(Words[at]) != letter || (at > 0 && char.IsAsciiLetter(Words[at - 1])))
                continue;
            var length = LengthOf(Words.AsSpan(at + 1));
            return double.TryParse(Words.AsSpan(at + 1, length), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number) ? number : null;
        }

        return null;
    }

    private static int LengthOf(ReadOnlySpan<char> number) => number.IndexOfAnyExcept("0123456789.+-") is >= 0 and var length ? length : number.Length;
}
