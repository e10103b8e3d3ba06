using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Dwapi.Gotapi.Quantities;

/// <summary>
/// A number as a device resolved it: <c>Mantissa x 10^Exponent</c>. 36.40 and 36.4 are equal in value and differ in resolution,
/// therefore they differ here too (record equality); use <see cref="NumericallyEquals"/> to compare values.
/// </summary>
/// <remarks>
/// Not <see cref="decimal"/>: an 11073 FLOAT has exponents from -128 to 127, which would overflow it, and a trailing zero is a
/// statement of the device here, not a formatting matter.
/// </remarks>
/// <param name="Mantissa">All digits with the sign.</param>
/// <param name="Exponent">Power of ten, -128..127: the exponent of the resolution.</param>
public readonly record struct DecimalNumber(int Mantissa, sbyte Exponent)
{
    /// <summary>Longest text that <see cref="TryFormat"/> writes, in bytes.</summary>
    public const int MaxTextLength = 32;

    // Beyond these exponents a plain number would be a row of zeros; JSON's exponent form says the same exactly.
    private const int LargestPlainExponent = 15;

    /// <summary>Compares the values, not the resolutions: 36.40 equals 36.4.</summary>
    public bool NumericallyEquals(DecimalNumber other) =>
        WideDecimal.NumericallyEqual(new WideDecimal(Mantissa, Exponent), new WideDecimal(other.Mantissa, other.Exponent));

    /// <summary>
    /// Writes the JSON number with exactly the digits of the resolution: 36.40 keeps its zero, 50 x 10^3 is 50000.
    /// </summary>
    /// <param name="utf8">Where to; <see cref="MaxTextLength"/> bytes always suffice.</param>
    /// <param name="written">Bytes written, 0 if it does not fit.</param>
    /// <returns>False only if <paramref name="utf8"/> is too short.</returns>
    public bool TryFormat(Span<byte> utf8, out int written)
    {
        Span<byte> digits = stackalloc byte[10];
        Utf8Formatter.TryFormat((uint)Math.Abs((long)Mantissa), digits, out var count);
        Span<byte> text = stackalloc byte[MaxTextLength];
        var at = 0;
        if (Mantissa < 0)
        {
            text[at++] = (byte)'-';
        }

        digits = digits[..count];
        if (Exponent < -LargestPlainExponent || (Exponent > LargestPlainExponent && Mantissa != 0))
        {
            digits.CopyTo(text[at..]);
            at += count;
            text[at++] = (byte)'E';
            Utf8Formatter.TryFormat(Exponent, text[at..], out var exponentLength);
            at += exponentLength;
        }
        else if (Exponent < 0)
        {
            at = WriteFraction(text, at, digits, -Exponent);
        }
        else
        {
            digits.CopyTo(text[at..]);
            at += count;
            if (Mantissa != 0)
            {
                text.Slice(at, Exponent).Fill((byte)'0');
                at += Exponent;
            }
        }

        if (!text[..at].TryCopyTo(utf8))
        {
            written = 0;
            return false;
        }

        written = at;
        return true;
    }

    /// <summary>
    /// Reads a JSON number and keeps its digits: "36.40" is (3640, -2). Zeros before the decimal point are digits, so "50000" is
    /// (50000, 0). Digits that only an integer's trailing zeros make too long move into the exponent.
    /// </summary>
    /// <returns>False if it is not a JSON number or does not fit a mantissa of 32 bits and an exponent of 8 bits exactly.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out DecimalNumber number)
    {
        number = default;
        if (!WideDecimal.TryParse(utf8, out var wide))
            return false;

        var (mantissa, exponent) = (wide.Mantissa, wide.Exponent);
        while ((mantissa is > int.MaxValue or < -int.MaxValue || exponent < sbyte.MinValue) && mantissa % 10 == 0 && mantissa != 0)
        {
            mantissa /= 10;
            exponent++;
        }

        if (mantissa is > int.MaxValue or < -int.MaxValue || exponent is < sbyte.MinValue or > sbyte.MaxValue)
            return false;

        number = new DecimalNumber((int)mantissa, (sbyte)exponent);
        return true;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out DecimalNumber)"/>
    public static DecimalNumber Parse(string text) =>
        TryParse(Encoding.UTF8.GetBytes(text), out var number)
            ? number
            : throw new FormatException("Not a number of at most 9 digits with an exponent from -128 to 127.");

    /// <summary>The nearest binary double, for charts and physiological models only; never for the wire.</summary>
    public double ToDouble() =>
        double.Parse(string.Create(CultureInfo.InvariantCulture, $"{Mantissa}E{Exponent}"), CultureInfo.InvariantCulture);

    /// <summary>The text of <see cref="TryFormat"/>.</summary>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[MaxTextLength];
        TryFormat(text, out var length);
        return Encoding.ASCII.GetString(text[..length]);
    }

    private static int WriteFraction(Span<byte> text, int at, ReadOnlySpan<byte> digits, int decimals)
    {
        var whole = digits.Length - decimals;
        if (whole > 0)
        {
            digits[..whole].CopyTo(text[at..]);
            at += whole;
            text[at++] = (byte)'.';
            digits[whole..].CopyTo(text[at..]);
            return at + decimals;
        }

        text[at++] = (byte)'0';
        text[at++] = (byte)'.';
        text.Slice(at, -whole).Fill((byte)'0');
        at -= whole;
        digits.CopyTo(text[at..]);
        return at + digits.Length;
    }
}
