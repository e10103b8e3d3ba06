using Dwapi.Edge.Gatt;
using Dwapi.Edge.Health;

namespace Dwapi.Edge.Tests.Health;

public sealed class BloodPressureTests
{
    [Fact]
    public void Decode_EveryField_IsWritten()
    {
        var (reading, quantities) = Decoding.Device().Decode(
            GattNumbers.BloodPressureMeasurement, "1E 8A 00 58 00 78 00 E3 07 04 11 14 29 3B 3C 00 01 27 00");

        Assert.Equal((HealthOutcome.Measurement, true), (reading.Outcome, reading.Stamped));
        Assert.Equal("138 0000008A 150021 266016", quantities.Number("systolic"));
        Assert.Equal("88 00000058 150022 266016", quantities.Number("diastolic"));
        Assert.Equal("120 00000078 150023 266016", quantities.Number("meanArterialPressure"));
        Assert.Equal("60 0000003C 149546 264864", quantities.Number("pulseRate"));
        Assert.Equal(
            ["systolic", "diastolic", "meanArterialPressure", "pulseRate", "bodyMovement", "cuffTooLoose", "irregularPulse", "improperPosition"],
            quantities.Parts());
    }

    [Fact]
    public void Decode_UnknownYear_IsDatedByReception()
    {
        var (reading, _) = Decoding.Device().Decode(
            GattNumbers.BloodPressureMeasurement, "1E 8A 00 58 00 78 00 00 00 04 11 14 29 3B 3C 00 01 27 00");

        Assert.Equal((HealthOutcome.Measurement, false), (reading.Outcome, reading.Stamped));
    }

    [Theory]
    [InlineData("15 BD F0 0B 00 9F F0 3C 00 12 00", "18.9 FF0000BD 150021 265987")]
    [InlineData("00 BD F0 0B 00 9F F0", "18.9 FF0000BD 150021 266016")]
    public void Decode_UnitFlag_DecidesTheUnit(string hex, string systolic) =>
        Assert.Equal(systolic, Decoding.Device().Decode(GattNumbers.BloodPressureMeasurement, hex).Quantities.Number("systolic"));

    [Fact]
    public void Decode_NoMeanAndNoPulse_HasNoSuchMember()
    {
        var (_, quantities) = Decoding.Device().Decode(GattNumbers.BloodPressureMeasurement, "04 78 00 50 00 FF 07 FF 07");

        Assert.Equal(["systolic", "diastolic"], quantities.Parts());
    }

    [Theory]
    [InlineData("00 FF 07 50 00 5A 00", HealthOutcome.NoValue)]
    [InlineData("00 78 00 00 08 5A 00", HealthOutcome.NoValue)]
    [InlineData("03 02 03 04 05 06 07", HealthOutcome.Refused)]
    public void Decode_NoPressureOrTooShort_IsNoMeasurement(string hex, HealthOutcome outcome) =>
        Assert.Equal(outcome, Decoding.Device().Decode(GattNumbers.BloodPressureMeasurement, hex).Reading.Outcome);

    [Fact]
    public void Explain_NamesWhatTheDeviceSays()
    {
        var fields = HealthDecoder.Explain(
            GattNumbers.BloodPressureMeasurement, Gatt.Bytes.Of("1E 8A 00 58 00 78 00 00 00 04 11 14 29 3B 3C 00 01 27 00"), Decoding.Device(), Decoding.Received).Fields;

        Assert.Contains(new DecodedField("systolic", "138 mmHg"), fields);
        Assert.Contains(new DecodedField("status", "BodyMovement, CuffTooLoose, IrregularPulse, ImproperPosition"), fields);
    }
}
