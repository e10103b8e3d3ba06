using Dwapi.Gotapi.Quantities;

namespace Dwapi.Gotapi.Tests.Quantities;

public sealed class SFloatTests
{
    [Theory]
    [InlineData("F16C", "36.4", -1)]
    [InlineData("E16C", "3.64", -2)]
    [InlineData("016C", "364", 0)]
    [InlineData("116C", "3640", 1)]
    [InlineData("FE94", "-36.4", -1)]
    [InlineData("0E94", "-364", 0)]
    [InlineData("1E94", "-3640", 1)]
    [InlineData("B078", "0.00120", -5)]
    public void TryGetNumber_Vector_GivesItsDigitsAndBack(string hex, string text, int exponent)
    {
        var value = new SFloat(Convert.ToUInt16(hex, 16));
        Assert.True(value.TryGetNumber(out var number, out _));
        Assert.Equal(text, number.ToString());
        Assert.Equal(exponent, number.Exponent);
        Assert.Equal(value, SFloat.FromNumber(number));
    }

    [Theory]
    [InlineData(0x07FF, NoValue.NotANumber)]
    [InlineData(0x0800, NoValue.NotAtThisResolution)]
    [InlineData(0x07FE, NoValue.PositiveInfinity)]
    [InlineData(0x0802, NoValue.NegativeInfinity)]
    [InlineData(0x0801, NoValue.Reserved)]
    [InlineData(0xF7FF, NoValue.NotANumber)]
    public void TryGetNumber_SpecialMantissa_GivesTheReasonWhateverTheExponent(int bits, NoValue expected)
    {
        Assert.False(new SFloat((ushort)bits).TryGetNumber(out _, out var reason));
        Assert.Equal(expected, reason);
    }

    [Fact]
    public void EncodeAndDecode_EveryFiniteBitPattern_GivesTheSameBits()
    {
        for (var bits = 0; bits <= ushort.MaxValue; bits++)
        {
            var value = new SFloat((ushort)bits);
            if (value.TryGetNumber(out var number, out _))
                Assert.Equal(value, SFloat.FromNumber(number));
        }
    }

    [Theory]
    [InlineData(2046, 0, 0x10CD)]
    [InlineData(20455, -1, 0x10CD)]
    [InlineData(1, 9, 0x7064)]
    [InlineData(-30, 9, 0x0802)]
    public void FromNumber_OutsideTheRange_RoundsOrShiftsOrIsInfinite(int mantissa, int exponent, int bits) =>
        Assert.Equal(new SFloat((ushort)bits), SFloat.FromNumber(new DecimalNumber(mantissa, (sbyte)exponent)));
}
