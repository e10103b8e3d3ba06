using System.Buffers;
using Dwapi.Edge.Gatt;
using Dwapi.Edge.Health;
using Dwapi.Edge.Tests.Gatt;

namespace Dwapi.Edge.Tests.Health;

public sealed class PulseOximeterTests
{
    [Fact]
    public void Continuous_CaptureOfARealOximeter_HasEveryField()
    {
        var (reading, quantities) = Decoding.Device().Decode(
            GattNumbers.PulseOximeterContinuous, "1F D4 F3 63 00 D4 F3 60 00 CA F3 63 00 00 01 00 00 00 CE E2");

        Assert.Equal((HealthOutcome.Measurement, false), (reading.Outcome, reading.Stamped));
        Assert.Equal("98.0 FF0003D4 150456 262688", quantities.Number("spo2"));
        Assert.Equal("99 00000063 149530 264864", quantities.Number("pulseRate"));
        Assert.Equal("98.0 FF0003D4 150456 262688", quantities.Number("spo2Fast"));
        Assert.Equal("96 00000060 149530 264864", quantities.Number("pulseRateFast"));
        Assert.Equal("97.0 FF0003CA 150456 262688", quantities.Number("spo2Slow"));
        Assert.Equal("99 00000063 149530 264864", quantities.Number("pulseRateSlow"));
        Assert.Equal("7.18 FE0002CE 150448 262688", quantities.Number("perfusionIndex"));
    }

    [Theory]
    [InlineData(GattNumbers.PulseOximeterContinuous, "00 62 00 48 00", true)]
    [InlineData(GattNumbers.PulseOximeterSpotCheck, "00 62 00 48 00", false)]
    public void WriteItem_SaysContinuousOfContinuousMeasurementsAlone(ushort characteristic, string hex, bool continuous)
    {
        var (device, quantities) = (Decoding.Device(), new ArrayBufferWriter<byte>());
        var reading = HealthDecoder.Decode(characteristic, Bytes.Of(hex), device, Decoding.Received, quantities);

        var item = Decoding.Item(reading, device, quantities);

        Assert.Equal((default, "pulseOximeter", continuous), (item.Refusal, item.Attribute, item.Continuous));
    }

    [Theory]
    [InlineData("00 62 00 48 00", "98 00000062 150456 262688")]
    [InlineData("0F 62 00 48 00 E9 07 03 02 08 00 00 00 40 00 00 00 CE E2", "98 00000062 150456 262688")]
    public void SpotCheck_IsDecoded(string hex, string saturation) =>
        Assert.Equal(saturation, Decoding.Device().Decode(GattNumbers.PulseOximeterSpotCheck, hex).Quantities.Number("spo2"));

    [Fact]
    public void SpotCheck_Questionable_SaysSo()
    {
        var (_, quantities) = Decoding.Device().Decode(GattNumbers.PulseOximeterSpotCheck, "02 62 00 48 00 00 40");

        Assert.True((bool)quantities!["questionable"]!);
    }

    [Theory]
    [InlineData("01 62 00 48 00 E9 07 03 02 08 00 00", true)]
    [InlineData("11 62 00 48 00 E9 07 03 02 08 00 00", false)]
    public void SpotCheck_ClockNotSet_IsDatedByReception(string hex, bool stamped) =>
        Assert.Equal(stamped, Decoding.Device().Decode(GattNumbers.PulseOximeterSpotCheck, hex).Reading.Stamped);

    [Theory]
    [InlineData("00 FF 07 48 00", HealthOutcome.NoValue)]
    [InlineData("00 62 00 FF 07", HealthOutcome.NoValue)]
    [InlineData("02 62 00 48 00 00 04", HealthOutcome.NoValue)]
    [InlineData("02 62 00 48 00 00 08", HealthOutcome.NoValue)]
    [InlineData("02 62 00 48 00 00 80", HealthOutcome.NoValue)]
    [InlineData("01 62 00 48 00", HealthOutcome.Refused)]
    [InlineData("00 62 00 48", HealthOutcome.Refused)]
    public void SpotCheck_NothingOfAPerson_IsNoMeasurement(string hex, HealthOutcome outcome) =>
        Assert.Equal(outcome, Decoding.Device().Decode(GattNumbers.PulseOximeterSpotCheck, hex).Reading.Outcome);
}
