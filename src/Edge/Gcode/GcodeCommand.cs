using System.Globalization;

namespace Dwapi.Edge.Gcode;

/// <summary>One line of G-code: a command like <c>G1 X10 F1200</c> or a macro like <c>PAUSE</c>, without its comment.</summary>
/// <param name="Name">The command in upper case; empty for a line without one.</param>
/// <param name="Words">The text of the parameters.</param>
internal readonly record struct GcodeCommand(string Name, string Words)
{
    /// <summary>Reads a line.</summary>
    public static GcodeCommand Parse(string line)
    {
        var comment = line.IndexOf(';', StringComparison.Ordinal);
        var text = (comment < 0 ? line : line[..comment]).Trim();
        var space = text.IndexOfAny([' ', '\t']);
        return space < 0 ? new(text.ToUpperInvariant(), "") : new(text[..space].ToUpperInvariant(), text[(space + 1)..].Trim());
    }

    /// <summary>The number behind a letter; null if the letter is not there or no number follows.</summary>
    public double? Number(char letter)
    {
        for (var at = 0; at < Words.Length; at++)
        {
            if (char.ToUpperInvariant(Words[at]) != letter || (at > 0 && !char.IsWhiteSpace(Words[at - 1])))
                continue;
            var end = at + 1;
            while (end < Words.Length && !char.IsWhiteSpace(Words[end]))
                end++;
            return double.TryParse(Words.AsSpan(at + 1, end - at - 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number) ? number : null;
        }

        return null;
    }
}
