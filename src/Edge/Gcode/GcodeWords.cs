using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Dwapi.Edge.Gcode;

/// <summary>The words of one command: letters A to Z, each with its number if one follows. Reused from line to line.</summary>
internal sealed class GcodeWords
{
    private readonly double[] _values = new double[26];
    private uint _seen;
    private uint _numbered;

    /// <summary>Why no firmware-independent meaning exists; null if it does.</summary>
    public string? Ambiguity { get; private set; }

    /// <summary>True if a value is computed by the firmware.</summary>
    public bool HasExpression { get; private set; }

    /// <summary>Whether a letter is there, with or without a number.</summary>
    public bool Has(char letter) => (_seen >> (letter - 'A') & 1) != 0;

    /// <summary>The number behind a letter; null if there is none.</summary>
    public double? this[char letter] => (_numbered >> (letter - 'A') & 1) != 0 ? _values[letter - 'A'] : null;

    /// <summary>
    /// Reads the words of a line, with blanks or without, in either case. What stands in parentheses counts too, as not every firmware knows
    /// such comments; a checksum ends the line.
    /// </summary>
    public void Read(ReadOnlySpan<byte> text)
    {
        (_seen, _numbered, Ambiguity, HasExpression) = (0, 0, null, false);
        var inside = false;
        for (var at = 0; at < text.Length;)
        {
            var c = text[at++];
            if (IsLetter(c))
            {
                at = Word((char)(c & ~0x20), text, at, inside);
                continue;
            }

            switch (c)
            {
                case (byte)'(' or (byte)')':
                    inside = c == '(';
                    break;
                case (byte)'"':
                    at = After(text, at, (byte)'"');
                    break;
                case (byte)'{':
                    HasExpression = true;
                    at = After(text, at, (byte)'}');
                    break;
                case (byte)'*':
                    return;
                case >= 0x80 when !inside:
                    // Some firmwares take digits and letters of every script.
                    Ambiguity ??= "letters that are not ASCII";
                    break;
            }
        }
    }

    /// <summary>True for A to Z and a to z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsLetter(byte c) => (uint)((c | 0x20) - 'a') < 26;

    /// <summary>True for 0 to 9.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsDigit(byte c) => (uint)(c - '0') < 10;

    /// <summary>True for a blank or tab.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsBlank(byte c) => c is (byte)' ' or (byte)'\t' or 0x0B or 0x0C;

    /// <summary>Reads a number without exponent; the bytes it takes, 0 for none. Too many digits give infinity, which is beyond every limit.</summary>
    public static int Number(ReadOnlySpan<byte> text, out double value)
    {
        var at = text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        var (digits, mantissa, scale, fraction) = (0, 0UL, 0, false);
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (IsDigit(c))
            {
                digits++;
                mantissa = unchecked(mantissa * 10 + (uint)(c - '0'));
                scale += fraction ? 1 : 0;
            }
            else if (c == '.' && !fraction)
            {
                fraction = true;
            }
            else
            {
                break;
            }
        }

        value = 0;
        if (digits == 0)
            return 0;
        if (digits <= 15)
            value = mantissa / Powers[scale];
        else if (!Utf8Parser.TryParse(text[(text[0] is (byte)'-' or (byte)'+' ? 1 : 0)..at], out value, out _, 'F'))
            value = double.PositiveInfinity;
        if (text[0] == '-')
            value = -value;
        return at;
    }

    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    private int Word(char letter, ReadOnlySpan<byte> text, int at, bool inside)
    {
        while (at < text.Length && IsBlank(text[at]))
            at++;
        var taken = Number(text[at..], out var value);
        var bit = 1u << (letter - 'A');
        if (taken > 0)
        {
            if (letter is 'G' or 'M' && !inside)
                Ambiguity ??= $"two commands in one line ({letter}{value})";
            else if ((_numbered & bit) != 0 && _values[letter - 'A'] != value)
                Ambiguity ??= $"two values of {letter} in one line";
            _values[letter - 'A'] = value;
            _numbered |= bit;
        }

        _seen |= bit;
        return at + taken;
    }

    private static int After(ReadOnlySpan<byte> text, int at, byte end)
    {
        var length = text[at..].IndexOf(end);
        return length < 0 ? text.Length : at + length + 1;
    }
}
