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

    [Theory]
    [InlineData("00 78 00 FF 07 FF 07", "120 00000078 150300 266016")]
    [InlineData("01 A0 F0 FF 07 FF 07", "16.0 FF0000A0 150300 265987")]
    [InlineData("00 78 00 00 00 00 00", "120 00000078 150300 266016")]
    [InlineData("1E 78 00 FF 07 FF 07 EA 07 0B 16 09 00 00 3C 00 01 00 00", "120 00000078 150300 266016")]
    public void Decode_Intermediate_IsThePressureInTheCuffAndNothingElseOfThree(string hex, string cuff)
    {
        var (reading, quantities) = Decoding.Device().Decode(GattNumbers.IntermediateCuffPressure, hex);

        Assert.Equal((HealthOutcome.Intermediate, "bloodPressure", null), (reading.Outcome, reading.Attribute!.Name, reading.Identity));
        Assert.Equal(cuff, quantities.Number("cuffPressure"));
        Assert.DoesNotContain(quantities.Parts(), part => part is "systolic" or "diastolic" or "meanArterialPressure");
    }

    [Fact]
    public void Decode_IntermediateOfALooseCuff_SaysSoWhileItCanBeMended() => Assert.Equal(
        ["cuffPressure", "cuffTooLoose"],
        Decoding.Device().Decode(GattNumbers.IntermediateCuffPressure, "10 28 00 FF 07 FF 07 02 00").Quantities.Parts());

    [Theory]
    [InlineData("00 FF 07 FF 07 FF 07", HealthOutcome.NoValue)]
    [InlineData("00 00 08 50 00 5A 00", HealthOutcome.NoValue)]
    [InlineData("00 78 00 FF 07", HealthOutcome.Refused)]
    [InlineData("02 78 00 FF 07 FF 07", HealthOutcome.Refused)]
    [InlineData("", HealthOutcome.Refused)]
    public void Decode_IntermediateWithoutPressureOrTooShort_IsNone(string hex, HealthOutcome outcome) =>
        Assert.Equal(outcome, Decoding.Device().Decode(GattNumbers.IntermediateCuffPressure, hex).Reading.Outcome);

    [Fact]
    public void IntermediateEvent_IsLiveAndNamesWhatItIs()
    {
        var device = Decoding.Device();
        var (reading, quantities) = device.Decode(GattNumbers.IntermediateCuffPressure, "00 78 00 FF 07 FF 07");

        var frame = HealthDecoder.IntermediateEvent(reading, device, System.Text.Encoding.UTF8.GetBytes(quantities!.ToJsonString()));

        Assert.Equal((true, null, "bloodPressure"), (frame.Intermediate, frame.Sequence, frame.Attribute));
        Assert.StartsWith("""{"bloodPressure":{"device":{"batteryLevel":-1.0},"cuffPressure":{""", System.Text.Encoding.UTF8.GetString(frame.Members.Span));
    }

    [Fact]
    public void Explain_Intermediate_ShowsTheCuffAlone() => Assert.Equal(
        [new DecodedField("cuff pressure", "120 mmHg")],
        HealthDecoder.Explain(GattNumbers.IntermediateCuffPressure, Gatt.Bytes.Of("00 78 00 FF 07 FF 07"), Decoding.Device(), Decoding.Received).Fields);

    [Fact]
    public void Explain_NamesWhatTheDeviceSays()
    {
        var fields = HealthDecoder.Explain(
            GattNumbers.BloodPressureMeasurement, Gatt.Bytes.Of("1E 8A 00 58 00 78 00 00 00 04 11 14 29 3B 3C 00 01 27 00"), Decoding.Device(), Decoding.Received).Fields;

        Assert.Contains(new DecodedField("systolic", "138 mmHg"), fields);
        Assert.Contains(new DecodedField("status", "BodyMovement, CuffTooLoose, IrregularPulse, ImproperPosition"), fields);
    }
}
