using System.Text;
using Dwapi.Gotapi.Quantities;
using FsCheck.Fluent;

namespace Dwapi.Gotapi.Tests.Quantities;

public sealed class DecimalNumberTests
{
    [Theory]
    [InlineData(3640, -2, "36.40")]
    [InlineData(364, -1, "36.4")]
    [InlineData(5, -3, "0.005")]
    [InlineData(-5, -1, "-0.5")]
    [InlineData(0, -2, "0.00")]
    [InlineData(0, 3, "0")]
    [InlineData(0, -20, "0E-20")]
    [InlineData(50, 3, "50000")]
    [InlineData(-2147483648, 0, "-2147483648")]
    [InlineData(7, 20, "7E20")]
    [InlineData(8388605, -128, "8388605E-128")]
    public void ToString_Number_KeepsTheDigitsOfItsResolution(int mantissa, int exponent, string text) =>
        Assert.Equal(text, new DecimalNumber(mantissa, (sbyte)exponent).ToString());

    [Theory]
    [InlineData("36.40", 3640, -2)]
    [InlineData("-0.05", -5, -2)]
    [InlineData("50000", 50000, 0)]
    [InlineData("0.00", 0, -2)]
    [InlineData("1.25E-20", 125, -22)]
    [InlineData("3e2", 3, 2)]
    [InlineData("30000000000", 300000000, 2)]
    public void Parse_JsonNumber_KeepsItsDigits(string text, int mantissa, int exponent) =>
        Assert.Equal(new DecimalNumber(mantissa, (sbyte)exponent), DecimalNumber.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("+5")]
    [InlineData("036.4")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("NaN")]
    [InlineData("36,4")]
    [InlineData(" 36")]
    [InlineData("909.1796875")]
    [InlineData("1E200")]
    public void TryParse_NotAJsonNumberThatFits_IsRefused(string text) =>
        Assert.False(DecimalNumber.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("36.4", "36.40", true)]
    [InlineData("0", "0.000", true)]
    [InlineData("5E1", "50", true)]
    [InlineData("36.4", "36.41", false)]
    [InlineData("36.4", "-36.4", false)]
    public void NumericallyEquals_TwoResolutions_ComparesTheValues(string left, string right, bool expected) =>
        Assert.Equal(expected, DecimalNumber.Parse(left).NumericallyEquals(DecimalNumber.Parse(right)));

    [Fact]
    public void TryFormat_AnyNumber_ParsesToTheSameValueAndToTheSameDigitsUnlessTheExponentIsPositive() =>
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll(
            Gen.Choose(-int.MaxValue, int.MaxValue).Zip(Gen.Choose(-128, 127)).ToArbitrary(),
            pair =>
            {
                var number = new DecimalNumber(pair.Item1, (sbyte)pair.Item2);
                var parsed = DecimalNumber.Parse(number.ToString());
                return parsed.NumericallyEquals(number) && (number.Exponent > 0 || parsed == number);
            }));
}
