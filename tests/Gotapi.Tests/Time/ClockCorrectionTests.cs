using Dwapi.Gotapi.Time;

namespace Dwapi.Gotapi.Tests.Time;

public sealed class ClockCorrectionTests
{
    /// <summary>A civil zone of UTC+1 with an hour of summer time from the last Sunday of March to that of October.</summary>
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.CreateCustomTimeZone(
        "test", TimeSpan.FromHours(1), "test", "winter", "summer",
        [
            TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
                DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1),
                TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 5, DayOfWeek.Sunday),
                TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 5, DayOfWeek.Sunday)),
        ]);

    private static readonly DateTimeOffset Now = new(2026, 7, 1, 10, 0, 0, TimeSpan.Zero);

    /// <summary>HD-HLF-07: a device that is 20 s behind gets 20 s added.</summary>
    [Fact]
    public void TryCorrect_DeviceTwentySecondsBehind_AddsTwentySeconds()
    {
        var correction = ClockCorrection.FromReading(Zone, Now, new DateTime(2026, 7, 1, 11, 59, 40));
        Assert.True(correction.TryCorrect(new DateTime(2026, 7, 1, 11, 30, 0), out var stamp));
        Assert.Equal("20260701113020.000+0200", stamp.ToString());
    }

    /// <summary>A clock that nobody has set is as good as any other once it was read.</summary>
    [Fact]
    public void TryCorrect_UnsetClockThatWasRead_GivesTheTrueTime()
    {
        var correction = ClockCorrection.FromReading(Zone, Now, new DateTime(2000, 1, 1, 5, 0, 0));
        Assert.True(correction.TryCorrect(new DateTime(2000, 1, 1, 4, 0, 0), out var stamp));
        Assert.Equal("20260701110000.000+0200", stamp.ToString());
    }

    [Fact]
    public void TryCorrect_StoredMeasurementFromBeforeSummerTime_ShiftsTheInstantAndUsesItsOwnOffset()
    {
        var correction = ClockCorrection.FromReading(Zone, Now, new DateTime(2026, 7, 1, 12, 0, 0));
        Assert.True(correction.TryCorrect(new DateTime(2026, 2, 1, 12, 0, 0), out var stamp));
        Assert.Equal("20260201110000.000+0100", stamp.ToString());
    }

    [Theory]
    [InlineData(7, "20260701120000.000+0200")]
    [InlineData(1, "20260101120000.000+0100")]
    public void TryCorrect_WithoutReading_TakesCivilTime(int month, string expected)
    {
        Assert.True(ClockCorrection.None(Zone).TryCorrect(new DateTime(2026, month, 1, 12, 0, 0), out var stamp));
        Assert.Equal(expected, stamp.ToString());
    }

    /// <summary>HD-HLF-06: UTC known, civil zone not.</summary>
    [Fact]
    public void TryCorrect_WithoutZone_SaysMinusZero()
    {
        var correction = ClockCorrection.FromReading(null, Now, new DateTime(2026, 7, 1, 12, 0, 0));
        Assert.True(correction.TryCorrect(new DateTime(2026, 7, 1, 12, 0, 0), out var stamp));
        Assert.Equal("20260701100000.000-0000", stamp.ToString());
    }

    [Fact]
    public void TryCorrect_OutsideTheCalendar_IsRefused() =>
        Assert.False(ClockCorrection.FromReading(null, Now, DateTime.MinValue.AddYears(1600)).TryCorrect(DateTime.MaxValue, out _));

    [Theory]
    [InlineData(120_000, false)]
    [InlineData(120_001, true)]
    [InlineData(-1_000_000_000, false)]
    public void MeasurementTimeRule_StampAgainstReception_IsFlaggedBeyondTwoMinutesAhead(long ahead, bool flagged)
    {
        var reception = Now.ToUnixTimeMilliseconds();
        Assert.Equal(flagged ? reception : reception + ahead, MeasurementTimeRule.Date(reception + ahead, reception, out var isFlagged));
        Assert.Equal(flagged, isFlagged);
    }
}
