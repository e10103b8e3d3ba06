using System.Text;
using Dwapi.Gotapi.Time;
using FsCheck.Fluent;

namespace Dwapi.Gotapi.Tests.Time;

public sealed class TimeStampTests
{
    [Theory]
    [InlineData("20150504135813.220-0400", 1430762293220, -240)]
    [InlineData("20150517100220.275-0000", 1431856940275, null)]
    [InlineData("20150517100220.275+0000", 1431856940275, 0)]
    [InlineData("20150517120220.275+0200", 1431856940275, 120)]
    [InlineData("20150517153220.275+0530", 1431856940275, 330)]
    [InlineData("20150517093220.275-0030", 1431856940275, -30)]
    [InlineData("19691231235959.999-0000", -1, null)]
    [InlineData("20240229000000.000-0000", 1709164800000, null)]
    [InlineData("00010101000000.000-0000", -62135596800000, null)]
    [InlineData("99991231235959.999-0000", 253402300799999, null)]
    public void TextAndStamp_Vector_AreTheSameBothWays(string text, long unix, int? offset)
    {
        var stamp = new TimeStamp(unix, (short?)offset);
        Assert.Equal(text, stamp.ToString());
        Assert.Equal(stamp, TimeStamp.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("20150504135813.220")]
    [InlineData("20150504135813.220Z0000")]
    [InlineData("20150504135813,220-0400")]
    [InlineData("20150229135813.220-0400")]
    [InlineData("20151304135813.220-0400")]
    [InlineData("20150504245813.220-0400")]
    [InlineData("20150504136013.220-0400")]
    [InlineData("20150504135860.220-0400")]
    [InlineData("20150504135813.220-2400")]
    [InlineData("20150504135813.220-0460")]
    [InlineData("00000504135813.220-0000")]
    [InlineData("2015-504135813.220-0400")]
    [InlineData("20150504135813.220-04000")]
    public void TryParse_NotTheForm_IsRefused(string text) => Assert.False(TimeStamp.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData(253402300800000)]
    [InlineData(-62135596800001)]
    [InlineData(long.MaxValue)]
    public void TryFormat_OutsideTheCalendar_IsRefused(long unix) => Assert.False(new TimeStamp(unix, null).TryFormat(new byte[23]));

    [Fact]
    public void TextAndStamp_AnyInstantAndOffset_AreTheSameBothWays() =>
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll(
            Gen.Choose(-600_000_000, int.MaxValue).Zip(Gen.Choose(-1439, 1439)).ToArbitrary(),
            pair =>
            {
                var stamp = new TimeStamp(pair.Item1 * 100_003L, (short)pair.Item2);
                return TimeStamp.Parse(stamp.ToString()) == stamp;
            }));

    [Fact]
    public void From_DateTimeOffset_KeepsItsOffset() =>
        Assert.Equal(new TimeStamp(1431856940275, 120), TimeStamp.From(new DateTimeOffset(2015, 5, 17, 12, 2, 20, 275, TimeSpan.FromHours(2))));
}
