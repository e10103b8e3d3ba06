using Dwapi.Edge.Gatt;
using Dwapi.Edge.Health;

namespace Dwapi.Edge.Tests.Health;

public sealed class GlucoseTests
{
    // 120e-5 kg/L, capillary plasma, finger, 2026-11-22 09:00:00 and 5 minutes before that.
    private const string Plain = "03 07 00 EA 07 0B 16 09 00 00 FB FF 78 B0 12";
    private const string WithContext = "13 07 00 EA 07 0B 16 09 00 00 FB FF 78 B0 12";
    private const string AfterMeal = "02 07 00 02";

    [Fact]
    public void Decode_KilogramPerLitre_IsMilligramPerDecilitre()
    {
        var (reading, quantities) = Decoding.Device(TimeZoneInfo.Utc).Decode(GattNumbers.GlucoseMeasurement, Plain);

        Assert.Equal("120 00000078 160188 264274", quantities.Number("glucose"));
        Assert.Equal("finger", (string?)quantities!["sampleLocation"]);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 8, 55, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), reading.Time.UnixMilliseconds);
    }

    [Fact]
    public void Decode_MolePerLitre_IsMillimolePerLitre() => Assert.Equal(
        "6.7 FF000043 160184 266866",
        Decoding.Device().Decode(GattNumbers.GlucoseMeasurement, "06 08 00 EA 07 0B 16 09 00 00 43 C0 11").Quantities.Number("glucose"));

    [Fact]
    public void Decode_RecordSentAgain_HasTheSameIdentityThoughTheClockWasNotSeenToRun()
    {
        var first = Decoding.Device().Decode(GattNumbers.GlucoseMeasurement, Plain).Reading.Identity;

        Assert.NotNull(first);
        Assert.Equal(first, Decoding.Device().Decode(GattNumbers.GlucoseMeasurement, Plain).Reading.Identity);
    }

    [Fact]
    public void Decode_ContextFollows_IsWrittenWithIt()
    {
        var device = Decoding.Device();

        Assert.Equal(HealthOutcome.Incomplete, device.Decode(GattNumbers.GlucoseMeasurement, WithContext).Reading.Outcome);
        var (reading, quantities) = device.Decode(GattNumbers.GlucoseContext, AfterMeal);

        Assert.Equal(HealthOutcome.Measurement, reading.Outcome);
        Assert.Equal("after meal", (string?)quantities!["meal"]);
        Assert.Equal("120 00000078 160188 264274", quantities.Number("glucose"));
    }

    [Fact]
    public void Decode_ContextNeverCame_IsWrittenWithoutItTheNextTime()
    {
        var device = Decoding.Device();
        device.Decode(GattNumbers.GlucoseMeasurement, WithContext);

        var (reading, quantities) = device.Decode(GattNumbers.GlucoseMeasurement, WithContext);

        Assert.Equal(HealthOutcome.Measurement, reading.Outcome);
        Assert.False(quantities!.ContainsKey("meal"));
    }

    [Theory]
    [InlineData("00 08 00 EA 07 0B 16 09 00 00", HealthOutcome.NoValue)]
    [InlineData("02 08 00 EA 07 0B 16 09 00 00 FF 07 11", HealthOutcome.NoValue)]
    [InlineData("02 08 00 EA 07 0B 16 09 00 00 78 B0 4A", HealthOutcome.NoValue)]
    [InlineData("02 08 00 EA 07 0B 16 09 00 00 78", HealthOutcome.Refused)]
    public void Decode_NoGlucoseOfAPerson_IsNoMeasurement(string hex, HealthOutcome outcome) =>
        Assert.Equal(outcome, Decoding.Device().Decode(GattNumbers.GlucoseMeasurement, hex).Reading.Outcome);

    [Fact]
    public void Decode_PublicVector_HasItsFields()
    {
        Assert.True(GlucoseMeasurement.TryDecode(Gatt.Bytes.Of("1B 01 00 E3 07 02 1B 0B 0A 1E FB FF 1E 00 12 05 01"), out var measurement, out _));

        Assert.Equal(((ushort)1, (short?)-5, true, GlucoseSample.CapillaryPlasma, GlucoseLocation.Finger),
            (measurement.SequenceNumber, measurement.OffsetMinutes, measurement.ContextFollows, measurement.Type, measurement.Location));
        Assert.Equal("2019-02-27 11:05:30", measurement.Time.ToString());
    }
}
