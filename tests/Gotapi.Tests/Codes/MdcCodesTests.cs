using Dwapi.Gotapi.Codes;

namespace Dwapi.Gotapi.Tests.Codes;

public sealed class MdcCodesTests
{
    /// <summary>ble-health 3: term and code32 of every quantity and unit in use.</summary>
    [Theory]
    [InlineData(19292, 150364)]
    [InlineData(19320, 150392)]
    [InlineData(57348, 188420)]
    [InlineData(57352, 188424)]
    [InlineData(57356, 188428)]
    [InlineData(57360, 188432)]
    [InlineData(57376, 188448)]
    [InlineData(57380, 188452)]
    [InlineData(57384, 188456)]
    [InlineData(16770, 147842)]
    [InlineData(16168, 147240)]
    [InlineData(119, 8454263)]
    [InlineData(57664, 188736)]
    [InlineData(57668, 188740)]
    [InlineData(57672, 188744)]
    [InlineData(57676, 188748)]
    [InlineData(57680, 188752)]
    [InlineData(57684, 188756)]
    [InlineData(57688, 188760)]
    [InlineData(57692, 188764)]
    [InlineData(57696, 188768)]
    [InlineData(57700, 188772)]
    [InlineData(57704, 188776)]
    [InlineData(57708, 188780)]
    [InlineData(19384, 150456)]
    [InlineData(18458, 149530)]
    [InlineData(19376, 150448)]
    [InlineData(6048, 268192)]
    [InlineData(4416, 266560)]
    [InlineData(2720, 264864)]
    [InlineData(2194, 264338)]
    [InlineData(1731, 263875)]
    [InlineData(1760, 263904)]
    [InlineData(1280, 263424)]
    [InlineData(1376, 263520)]
    [InlineData(544, 262688)]
    [InlineData(1952, 264096)]
    [InlineData(3968, 266112)]
    [InlineData(6784, 268928)]
    [InlineData(4288, 266432)]
    [InlineData(19228, 150300)]
    [InlineData(18949, 150021)]
    [InlineData(18950, 150022)]
    [InlineData(18951, 150023)]
    [InlineData(18474, 149546)]
    [InlineData(29112, 160184)]
    [InlineData(29116, 160188)]
    [InlineData(29120, 160192)]
    [InlineData(29124, 160196)]
    [InlineData(29128, 160200)]
    [InlineData(29132, 160204)]
    [InlineData(29140, 160212)]
    [InlineData(29292, 160364)]
    [InlineData(29296, 160368)]
    [InlineData(3872, 266016)]
    [InlineData(3843, 265987)]
    [InlineData(2130, 264274)]
    [InlineData(4722, 266866)]
    public void Find_Code32_HasItsTerm(int term, int code32)
    {
        var code = MdcCodes.Find(code32);
        Assert.NotNull(code);
        Assert.Equal((term, code32.ToString()), (code.Term, code.Code));
    }

    [Fact]
    public void All_Codes_AreCoveredByTheTheoryAndDiffer()
    {
        Assert.Equal(58, MdcCodes.All.Length);
        Assert.Equal(58, MdcCodes.All.Select(code => code.Code32).Distinct().Count());
        Assert.All(MdcCodes.All, code => Assert.NotEmpty(code.Text));
    }

    [Fact]
    public void TsLiteral_OnlyTheFivePrintedOtherwise_Differ() =>
        Assert.Equal(
            ["119", "188740", "188744", "188760", "6784"],
            MdcCodes.All.Where(code => code.TsLiteralCode != code.Code).Select(code => code.TsLiteralCode));

    [Fact]
    public void Unspecified_CodeAndText_AreEmpty() => Assert.Equal(("", ""), (MdcCodes.Unspecified.Code, MdcCodes.Unspecified.Text));

    [Fact]
    public void Find_UnknownCode_IsNull() => Assert.Null(MdcCodes.Find(1));
}
