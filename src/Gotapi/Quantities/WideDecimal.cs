namespace Dwapi.Gotapi.Quantities;

/// <summary>
/// A decimal number with more digits than a FLOAT can hold: what a plug-in in another language may print. Only for comparing it
/// with the FLOAT beside it.
/// </summary>
/// <param name="Mantissa">Up to 18 digits.</param>
/// <param name="Exponent">Power of ten.</param>
internal readonly record struct WideDecimal(long Mantissa, int Exponent)
{
    private const int MostDigits = 18;
    private const int LargestExponent = 400;

    public static bool NumericallyEqual(WideDecimal left, WideDecimal right) => left.Normalized() == right.Normalized();

    /// <summary>The value as a canonical FLOAT would round it (half to even, exponent raised).</summary>
    public MderFloat ToMderFloat() => MderFloat.Round(Mantissa, Exponent);

    /// <summary>Reads a JSON number of up to 18 significant digits.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out WideDecimal number)
    {
        number = default;
        var at = 0;
        var negative = utf8.Length > 0 && utf8[0] == '-';
        if (negative)
            at++;

        long mantissa = 0;
        var (digits, significant, decimals, trailingZeros) = (0, 0, 0, 0);
        var leadingZero = at < utf8.Length && utf8[at] == '0';
        var fraction = false;
        for (; at < utf8.Length; at++)
        {
            var c = utf8[at];
            if (c == '.' && !fraction && digits > 0)
            {
                fraction = true;
                digits = 0;
                continue;
            }

            if (c is < (byte)'0' or > (byte)'9')
                break;

            if (!fraction && leadingZero && digits == 1)
                return false;

            digits++;
            if (significant == MostDigits)
            {
                // Too many digits are only harmless while they are zeros.
                if (c != '0')
                    return false;
                if (!fraction)
                    trailingZeros++;
                continue;
            }

            mantissa = (mantissa * 10) + (c - '0');
            if (mantissa != 0)
                significant++;
            if (fraction)
                decimals++;
        }

        if (digits == 0 || !TryExponent(utf8[at..], out var exponent))
            return false;

        exponent += trailingZeros - decimals;
        if (exponent is < -LargestExponent or > LargestExponent)
            return false;

        number = new WideDecimal(negative ? -mantissa : mantissa, exponent);
        return true;
    }

    private WideDecimal Normalized()
    {
        if (Mantissa == 0)
            return default;

        var (mantissa, exponent) = (Mantissa, Exponent);
        while (mantissa % 10 == 0)
        {
            mantissa /= 10;
            exponent++;
        }

        return new WideDecimal(mantissa, exponent);
    }

    private static bool TryExponent(ReadOnlySpan<byte> utf8, out int exponent)
    {
        exponent = 0;
        if (utf8.IsEmpty)
            return true;
        if (utf8[0] is not ((byte)'e' or (byte)'E'))
            return false;

        utf8 = utf8[1..];
        var negative = false;
        if (!utf8.IsEmpty && utf8[0] is (byte)'+' or (byte)'-')
        {
            negative = utf8[0] == '-';
            utf8 = utf8[1..];
        }

        if (utf8.Length is 0 or > 3)
            return false;
        foreach (var c in utf8)
        {
            if (c is < (byte)'0' or > (byte)'9')
                return false;
            exponent = (exponent * 10) + (c - '0');
        }

        exponent = negative ? -exponent : exponent;
        return true;
    }
}
