using Dwapi.Edge.Gatt;
using Dwapi.Edge.Health;

namespace Dwapi.Edge.Tests.Health;

public sealed class DeviceClockTests
{
    private const string Now = "EA 07 0B 16 0A 00 00 07 00 00";
    private const string AnHourAgo = "02 6C 01 00 FF EA 07 0B 16 09 00 00";

    [Fact]
    public void Decode_StampOfAReadClock_IsCorrected()
    {
        var device = Decoding.Device(TimeZoneInfo.Utc);
        device.Decode(GattNumbers.CurrentTime, "EA 07 0B 16 09 3B 28 07 00 00");
        var (reading, quantities) = device.Decode(GattNumbers.TemperatureMeasurement, AnHourAgo);
        Assert.True(reading.Stamped);
        Assert.Equal("20261122090020.000+0000", (string?)quantities!["temperature"]!["timeStampString"]);
        Assert.False((bool?)quantities["temperature"]!["timeStampByPlugIn"]);
    }

    [Fact]
    public void Decode_BetterClockThanOurs_LeavesTheStamp()
    {
        var clock = new DeviceClock(TimeZoneInfo.Utc) { IsBetterThanOurs = true };
        clock.Read(new DateTime(2026, 11, 22, 9, 59, 40), Decoding.Received);
        Assert.True(clock.TryDate(GattDateTime.From(new DateTime(2026, 11, 22, 9, 0, 0)), new(Decoding.Received.ToUnixTimeMilliseconds(), 0), out _, out var time));
        Assert.Equal("20261122090000.000+0000", time.ToString());
    }

    [Theory]
    [InlineData("02 6C 01 00 FF 00 00 0B 16 09 00 00")]
    [InlineData("02 6C 01 00 FF D0 07 01 01 09 00 00")]
    [InlineData("02 6C 01 00 FF B2 07 01 01 09 00 00")]
    [InlineData("02 6C 01 00 FF EA 07 0D 16 09 00 00")]
    public void Decode_ClockThatNobodySet_IsDatedByReception(string hex)
    {
        var (reading, quantities) = Decoding.Device().Decode(GattNumbers.TemperatureMeasurement, hex);
        Assert.Equal((HealthOutcome.Measurement, false), (reading.Outcome, reading.Stamped));
        Assert.Equal(Decoding.Received.ToUnixTimeMilliseconds(), reading.Time.UnixMilliseconds);
        Assert.True((bool?)quantities!["temperature"]!["timeStampByPlugIn"]);
        Assert.Null(reading.Identity);
    }

    [Fact]
    public void Decode_StampFromBeforeTheClockWasSet_IsDatedByReception()
    {
        var device = Decoding.Device(TimeZoneInfo.Utc);
        device.Decode(GattNumbers.CurrentTime, Now);
        var (reading, _) = device.Decode(GattNumbers.TemperatureMeasurement, "02 6C 01 00 FF D0 07 01 01 09 00 00");
        Assert.False(reading.Stamped);
        Assert.Equal(Decoding.Received.ToUnixTimeMilliseconds(), reading.Time.UnixMilliseconds);
    }

    [Theory]
    [InlineData("02 6C 01 00 FF EA 07 0B 16 0A 02 00", true, false)]
    [InlineData("02 6C 01 00 FF EA 07 0B 16 0A 02 01", false, true)]
    public void Decode_StampAheadOfReception_IsDatedByReceptionBeyondTwoMinutes(string hex, bool stamped, bool ahead)
    {
        var (reading, _) = Decoding.Device().Decode(GattNumbers.TemperatureMeasurement, hex);
        Assert.Equal((stamped, ahead), (reading.Stamped, reading.AheadOfReception));
        if (ahead)
            Assert.Equal(Decoding.Received.ToUnixTimeMilliseconds(), reading.Time.UnixMilliseconds);
    }

    [Fact]
    public void Decision11_ClockNotSeenToRun_MakesNoIdentity()
    {
        var device = Decoding.Device();
        Assert.Null(device.Decode(GattNumbers.TemperatureMeasurement, AnHourAgo).Reading.Identity);
        Assert.Null(device.Decode(GattNumbers.TemperatureMeasurement, AnHourAgo).Reading.Identity);
    }

    [Fact]
    public void Decode_ClockReadLaterThanTheStamp_MakesTheSameIdentityForTheSameRecord()
    {
        var device = Decoding.Device();
        device.Decode(GattNumbers.CurrentTime, Now);
        var first = device.Decode(GattNumbers.TemperatureMeasurement, AnHourAgo).Reading.Identity;
        Assert.NotNull(first);
        Assert.Equal(first, device.Decode(GattNumbers.TemperatureMeasurement, AnHourAgo, Decoding.Received.AddDays(1)).Reading.Identity);
    }

    [Fact]
    public void Decision11_SecondStampLaterThanTheFirst_MakesAnIdentity()
    {
        var device = Decoding.Device();
        device.Decode(GattNumbers.TemperatureMeasurement, AnHourAgo);
        Assert.NotNull(device.Decode(GattNumbers.TemperatureMeasurement, "02 6C 01 00 FF EA 07 0B 16 09 00 01").Reading.Identity);
    }

    [Fact]
    public void Decode_StoppedClock_MakesNoIdentityAlthoughItWasRead()
    {
        var device = Decoding.Device();
        device.Decode(GattNumbers.CurrentTime, "EA 07 0B 16 09 00 00 07 00 00");
        Assert.Null(device.Decode(GattNumbers.TemperatureMeasurement, AnHourAgo).Reading.Identity);
        device.Decode(GattNumbers.CurrentTime, "EA 07 0B 16 09 00 00 07 00 00", Decoding.Received.AddMinutes(5));
        Assert.Null(device.Decode(GattNumbers.TemperatureMeasurement, AnHourAgo, Decoding.Received.AddMinutes(5)).Reading.Identity);
    }
}
