using Dwapi.Gotapi.Quantities;
using FsCheck.Fluent;

namespace Dwapi.Gotapi.Tests.Quantities;

public sealed class MderFloatTests
{
    /// <summary>ble-health 1 and 1.1: number text with its digits, hex text.</summary>
    public static TheoryData<string, string> Vectors => new()
    {
        { "36.4", "FF00016C" }, { "3.64", "FE00016C" }, { "364", "0000016C" }, { "3640", "0100016C" }, { "-36.4", "FFFFFE94" },
        { "-364", "00FFFE94" }, { "2", "00000002" }, { "2.0", "FF000014" }, { "2.00", "FE0000C8" }, { "20", "01000002" },
        { "-1234", "00FFFB2E" }, { "37.6", "FF000178" }, { "37.60", "FE000EB0" }, { "75", "0000004B" }, { "66", "00000042" },
        { "98.6", "FF0003DA" }, { "160.4", "FF000644" }, { "-88.2", "FFFFFC8E" }, { "70.000", "FD011170" }, { "157.00", "FE003D54" },
        { "1.750", "FD0006D6" }, { "24.5", "FF0000F5" }, { "800.0", "FF001F40" }, { "1600000", "03000640" }, { "909.180", "FD0DDF7C" },
        { "0", "00000000" }, { "0.0", "FF000000" }, { "762.7", "FF001DCB" }, { "50000", "03000032" },
    };

    public static TheoryData<uint, NoValue> SpecialValues => new()
    {
        { 0x007FFFFF, NoValue.NotANumber }, { 0x00800000, NoValue.NotAtThisResolution }, { 0x007FFFFE, NoValue.PositiveInfinity },
        { 0x00800002, NoValue.NegativeInfinity }, { 0x00800001, NoValue.Reserved },
        { 0xFF7FFFFF, NoValue.NotANumber }, { 0x7F800000, NoValue.NotAtThisResolution },
    };

    [Theory, MemberData(nameof(Vectors))]
    public void TryGetNumber_Vector_GivesItsDigits(string number, string hex)
    {
        Assert.True(MderFloat.Parse(hex).TryGetNumber(out var decoded, out var reason));
        Assert.Equal(NoValue.None, reason);
        Assert.Equal(number, decoded.ToString());
    }

    [Theory, MemberData(nameof(Vectors))]
    public void FromNumber_DecodedVector_GivesTheSameBits(string number, string hex)
    {
        Assert.True(MderFloat.Parse(hex).TryGetNumber(out var decoded, out _));
        Assert.Equal(hex, MderFloat.FromNumber(decoded).ToString());
        Assert.True(DecimalNumber.Parse(number).NumericallyEquals(decoded));
    }

    [Theory, MemberData(nameof(SpecialValues))]
    public void TryGetNumber_SpecialMantissa_GivesTheReasonWhateverTheExponent(uint bits, NoValue expected)
    {
        Assert.False(new MderFloat(bits).TryGetNumber(out var number, out var reason));
        Assert.Equal(expected, reason);
        Assert.Equal(default, number);
    }

    [Fact]
    public void SpecialConstants_AreThePatternsOfTheStandard() =>
        Assert.Equal(
            ["007FFFFF", "00800000", "007FFFFE", "00800002", "00800001"],
            new[] { MderFloat.NaN, MderFloat.NRes, MderFloat.PositiveInfinity, MderFloat.NegativeInfinity, MderFloat.Reserved }.Select(f => f.ToString()));

    [Theory]
    [InlineData(8388605, 0, "007FFFFD")]
    [InlineData(-8388605, 0, "00800003")]
    [InlineData(8388606, 0, "010CCCCD")]
    [InlineData(-8388606, 0, "01F33333")]
    [InlineData(8388615, 0, "010CCCCE")]
    [InlineData(8388625, 0, "010CCCCE")]
    [InlineData(8388625, -3, "FE0CCCCE")]
    [InlineData(2147483647, 0, "0320C49C")]
    [InlineData(1445000001, 0, "03160C88")]
    [InlineData(8388606, 127, "007FFFFE")]
    [InlineData(-8388606, 127, "00800002")]
    public void FromNumber_MantissaTooLarge_RoundsHalfToEvenAndRaisesTheExponent(int mantissa, int exponent, string hex) =>
        Assert.Equal(hex, MderFloat.FromNumber(new DecimalNumber(mantissa, (sbyte)exponent)).ToString());

    [Fact]
    public void ReadGatt_LeastSignificantByteFirst_GivesTheHexTextOrder()
    {
        byte[] bytes = [0x6C, 0x01, 0x00, 0xFF];
        Assert.Equal("FF00016C", MderFloat.ReadGatt(bytes).ToString());

        var written = new byte[4];
        MderFloat.Parse("FF00016C").WriteGatt(written);
        Assert.Equal(bytes, written);
    }

    [Theory]
    [InlineData("FFFFC8E")]
    [InlineData("FF00644")]
    [InlineData("FF002AD")]
    [InlineData("FF00016C0")]
    [InlineData("FG00016C")]
    [InlineData("")]
    public void TryParse_NotEightHexDigits_IsRefused(string text) => Assert.Throws<FormatException>(() => MderFloat.Parse(text));

    [Theory]
    [InlineData(-128)]
    [InlineData(-3)]
    [InlineData(0)]
    [InlineData(127)]
    public void EncodeAndDecode_WholeMantissaRange_GivesTheSameNumber(int exponent)
    {
        var failures = 0;
        for (var mantissa = -MderFloat.MaxMantissa; mantissa <= MderFloat.MaxMantissa; mantissa++)
        {
            var number = new DecimalNumber(mantissa, (sbyte)exponent);
            if (!MderFloat.FromNumber(number).TryGetNumber(out var decoded, out _) || decoded != number)
                failures++;
        }

        Assert.Equal(0, failures);
    }

    [Fact]
    public void EncodeAndDecode_AnyMantissaAndExponent_GivesTheSameNumber() =>
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll(
            Gen.Choose(-MderFloat.MaxMantissa, MderFloat.MaxMantissa).Zip(Gen.Choose(-128, 127)).ToArbitrary(),
            pair =>
            {
                var number = new DecimalNumber(pair.Item1, (sbyte)pair.Item2);
                return MderFloat.FromNumber(number).TryGetNumber(out var decoded, out _) && decoded == number
                    && MderFloat.Parse(MderFloat.FromNumber(number).ToString()) == MderFloat.FromNumber(number);
            }));
}
