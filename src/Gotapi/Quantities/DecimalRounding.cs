namespace Dwapi.Gotapi.Quantities;

/// <summary>The one rounding rule of FLOAT and SFLOAT: half to even at the digit that has to go, in one step.</summary>
internal static class DecimalRounding
{
    /// <summary>Raises the exponent to at least <paramref name="smallestExponent"/> and until the mantissa fits.</summary>
    public static (long Mantissa, int Exponent) Fit(long mantissa, int exponent, long largestMantissa, int smallestExponent)
    {
        var drop = Math.Max(0, smallestExponent - exponent);
        while (true)
        {
            var rounded = Divide(mantissa, drop);
            if (Math.Abs(rounded) <= largestMantissa)
                return rounded == 0 && mantissa == 0 ? (0, Math.Clamp(exponent, smallestExponent, sbyte.MaxValue)) : (rounded, exponent + drop);
            drop++;
        }
    }

    // One division by the whole power: rounding digit by digit would round twice.
    private static long Divide(long mantissa, int digits)
    {
        if (digits == 0)
            return mantissa;
        if (digits > 18)
            return 0;

        var divisor = 1L;
        for (var i = 0; i < digits; i++)
            divisor *= 10;

        var (quotient, remainder) = Math.DivRem(mantissa, divisor);
        var twice = Math.Abs(remainder) * 2;
        if (twice > divisor || (twice == divisor && (quotient & 1) != 0))
            quotient += Math.Sign(mantissa);
        return quotient;
    }
}
