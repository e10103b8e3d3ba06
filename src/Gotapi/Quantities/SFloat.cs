using System.Buffers.Binary;

namespace Dwapi.Gotapi.Quantities;

/// <summary>The SFLOAT-Type of ISO/IEEE 11073-20601: 4 bits of signed decimal exponent over 12 bits of signed mantissa.</summary>
/// <param name="Bits">The 16 bits, exponent in the top nibble.</param>
public readonly record struct SFloat(ushort Bits)
{
    /// <summary>Largest finite mantissa, 7FD; the smallest is its negative.</summary>
    public const int MaxMantissa = 2045;

    /// <summary>Over the range.</summary>
    public static readonly SFloat PositiveInfinity = new(0x07FE);

    /// <summary>Under the range.</summary>
    public static readonly SFloat NegativeInfinity = new(0x0802);

    /// <summary>The SFLOAT of a number; digits that do not fit are rounded half to even, what is over the range is an infinity.</summary>
    public static SFloat FromNumber(DecimalNumber number)
    {
        var (mantissa, exponent) = DecimalRounding.Fit(number.Mantissa, number.Exponent, MaxMantissa, -8);
        while (exponent > 7 && Math.Abs(mantissa) * 10 <= MaxMantissa && mantissa != 0)
        {
            mantissa *= 10;
            exponent--;
        }

        if (exponent > 7 && mantissa != 0)
            return mantissa < 0 ? NegativeInfinity : PositiveInfinity;

        return new SFloat((ushort)(((Math.Min(exponent, 7) & 15) << 12) | ((int)mantissa & 0xFFF)));
    }

    /// <summary>The number with exponent and mantissa sign-extended, or why there is none (decided by the mantissa alone).</summary>
    public bool TryGetNumber(out DecimalNumber number, out NoValue reason)
    {
        var mantissa = (short)(Bits << 4) >> 4;
        reason = mantissa switch
        {
            0x7FF => NoValue.NotANumber,
            0x7FE => NoValue.PositiveInfinity,
            -0x800 => NoValue.NotAtThisResolution,
            -0x7FF => NoValue.Reserved,
            -0x7FE => NoValue.NegativeInfinity,
            _ => NoValue.None,
        };
        number = reason == NoValue.None ? new DecimalNumber(mantissa, (sbyte)((short)Bits >> 12)) : default;
        return reason == NoValue.None;
    }

    /// <summary>Reads the two bytes of a GATT payload, least significant first.</summary>
    public static SFloat ReadGatt(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt16LittleEndian(bytes));

    /// <summary>Writes the two bytes as GATT sends them, least significant first.</summary>
    public void WriteGatt(Span<byte> bytes) => BinaryPrimitives.WriteUInt16LittleEndian(bytes, Bits);

    /// <summary>The 4 hex digits.</summary>
    public override string ToString() => Bits.ToString("X4");
}
