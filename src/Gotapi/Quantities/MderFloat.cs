using System.Buffers.Binary;
using System.Text;

namespace Dwapi.Gotapi.Quantities;

/// <summary>
/// The FLOAT-Type of ISO/IEEE 11073-20601: 8 bits of signed decimal exponent over 24 bits of signed mantissa. The exponent states
/// the resolution of the measurement, so there is no normal form: 37.6 (FF000178) and 37.60 (FE000EB0) stay what they are.
/// </summary>
/// <param name="Bits">The 32 bits, exponent in the top byte.</param>
public readonly record struct MderFloat(uint Bits)
{
    /// <summary>Largest finite mantissa, 7FFFFD; the smallest is its negative.</summary>
    public const int MaxMantissa = 8388605;

    /// <summary>Digits of the text form.</summary>
    public const int TextLength = 8;

    /// <summary>No valid result.</summary>
    public static readonly MderFloat NaN = new(0x007FFFFF);

    /// <summary>Not at this resolution.</summary>
    public static readonly MderFloat NRes = new(0x00800000);

    /// <summary>Over the range.</summary>
    public static readonly MderFloat PositiveInfinity = new(0x007FFFFE);

    /// <summary>Under the range.</summary>
    public static readonly MderFloat NegativeInfinity = new(0x00800002);

    /// <summary>The reserved value.</summary>
    public static readonly MderFloat Reserved = new(0x00800001);

    /// <summary>
    /// The canonical FLOAT of a number: exponent and mantissa as they are; a mantissa that does not fit is rounded half to even and
    /// the exponent raised, never masked. A number over the range of the exponent is an infinity.
    /// </summary>
    public static MderFloat FromNumber(DecimalNumber number) => Round(number.Mantissa, number.Exponent);

    /// <summary>
    /// The number, bit for bit, or why there is none. Special values are recognised by the mantissa alone, because devices exist that
    /// put another exponent beside a NaN.
    /// </summary>
    public bool TryGetNumber(out DecimalNumber number, out NoValue reason)
    {
        var mantissa = (int)(Bits << 8) >> 8;
        reason = mantissa switch
        {
            0x7FFFFF => NoValue.NotANumber,
            0x7FFFFE => NoValue.PositiveInfinity,
            -0x800000 => NoValue.NotAtThisResolution,
            -0x7FFFFF => NoValue.Reserved,
            -0x7FFFFE => NoValue.NegativeInfinity,
            _ => NoValue.None,
        };
        number = reason == NoValue.None ? new DecimalNumber(mantissa, (sbyte)(Bits >> 24)) : default;
        return reason == NoValue.None;
    }

    /// <summary>Reads the four bytes of a GATT payload, least significant first.</summary>
    public static MderFloat ReadGatt(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt32LittleEndian(bytes));

    /// <summary>Writes the four bytes as GATT sends them, least significant first.</summary>
    public void WriteGatt(Span<byte> bytes) => BinaryPrimitives.WriteUInt32LittleEndian(bytes, Bits);

    /// <summary>Writes the 8 upper-case hex digits, exponent first.</summary>
    /// <returns>False if <paramref name="utf8"/> is shorter than <see cref="TextLength"/>.</returns>
    public bool TryFormat(Span<byte> utf8)
    {
        if (utf8.Length < TextLength)
            return false;

        for (var i = 0; i < TextLength; i++)
            utf8[i] = "0123456789ABCDEF"u8[(int)(Bits >> (28 - (4 * i))) & 15];
        return true;
    }

    /// <summary>Reads exactly 8 hex digits (lower case too). The 7-digit examples of the printed texts are refused.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out MderFloat value)
    {
        value = default;
        if (utf8.Length != TextLength)
            return false;

        uint bits = 0;
        foreach (var c in utf8)
        {
            var digit = c switch
            {
                >= (byte)'0' and <= (byte)'9' => c - '0',
                >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
                >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
                _ => -1,
            };
            if (digit < 0)
                return false;
            bits = (bits << 4) | (uint)digit;
        }

        value = new MderFloat(bits);
        return true;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out MderFloat)"/>
    public static MderFloat Parse(string text) =>
        TryParse(Encoding.UTF8.GetBytes(text), out var value) ? value : throw new FormatException("Not 8 hex digits.");

    /// <summary>The 8 hex digits.</summary>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[TextLength];
        TryFormat(text);
        return Encoding.ASCII.GetString(text);
    }

    internal static MderFloat Round(long mantissa, int exponent)
    {
        (mantissa, exponent) = DecimalRounding.Fit(mantissa, exponent, MaxMantissa, sbyte.MinValue);
        if (exponent > sbyte.MaxValue)
            return mantissa < 0 ? NegativeInfinity : PositiveInfinity;

        return new MderFloat(((uint)(byte)(sbyte)exponent << 24) | ((uint)mantissa & 0xFFFFFF));
    }
}
