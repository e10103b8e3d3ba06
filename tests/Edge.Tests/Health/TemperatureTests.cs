using Dwapi.Edge.Gatt;
using Dwapi.Edge.Health;
using Dwapi.Gotapi.Quantities;

namespace Dwapi.Edge.Tests.Health;

public sealed class TemperatureTests
{
    [Theory]
    [InlineData("06 B0 0E 00 FE DC 07 0C 05 0B 32 1B 04", "37.60 FE000EB0 188432 268192")]
    [InlineData("00 15 00 00 00", "21 00000015  268192")]
    [InlineData("00 6C 01 00 FF", "36.4 FF00016C  268192")]
    [InlineData("01 DA 03 00 FF", "98.6 FF0003DA  266560")]
    [InlineData("04 6C 01 00 FF 01", "36.4 FF00016C 188452 268192")]
    [InlineData("04 6C 01 00 FF 02", "36.4 FF00016C 150364 268192")]
    [InlineData("04 6C 01 00 FF 03", "36.4 FF00016C 188428 268192")]
    [InlineData("04 6C 01 00 FF 05", "36.4 FF00016C 188456 268192")]
    [InlineData("04 6C 01 00 FF 06", "36.4 FF00016C 188424 268192")]
    [InlineData("04 6C 01 00 FF 07", "36.4 FF00016C 188420 268192")]
    [InlineData("04 6C 01 00 FF 08", "36.4 FF00016C 188448 268192")]
    [InlineData("04 6C 01 00 FF 09", "36.4 FF00016C 150392 268192")]
    [InlineData("04 6C 01 00 FF 0A", "36.4 FF00016C  268192")]
    public void Decode_Vector_WritesTheQuantity(string hex, string expected)
    {
        var (reading, quantities) = Decoding.Device().Decode(GattNumbers.TemperatureMeasurement, hex);
        Assert.Equal(HealthOutcome.Measurement, reading.Outcome);
        Assert.Equal(expected, quantities.Number("temperature"));
    }

    [Fact]
    public void Decode_StaticType_IsUsedWhereTheRecordHasNone()
    {
        var device = Decoding.Device();
        Assert.Equal(HealthOutcome.Information, device.Decode(GattNumbers.TemperatureType, "06").Reading.Outcome);
        Assert.EndsWith("188424 268192", device.Decode(GattNumbers.TemperatureMeasurement, "00 6C 01 00 FF").Quantities.Number("temperature"));
        Assert.EndsWith("188452 268192", device.Decode(GattNumbers.TemperatureMeasurement, "04 6C 01 00 FF 01").Quantities.Number("temperature"));
    }

    [Theory]
    [InlineData("00 FF FF 7F 00", NoValue.NotANumber)]
    [InlineData("00 00 00 80 00", NoValue.NotAtThisResolution)]
    [InlineData("00 FE FF 7F 00", NoValue.PositiveInfinity)]
    [InlineData("00 02 00 80 00", NoValue.NegativeInfinity)]
    [InlineData("00 01 00 80 00", NoValue.Reserved)]
    [InlineData("00 FF FF 7F FF", NoValue.NotANumber)]
    public void Decode_SpecialValue_IsNoMeasurement(string hex, NoValue reason)
    {
        var (reading, quantities) = Decoding.Device().Decode(GattNumbers.TemperatureMeasurement, hex);
        Assert.Equal((HealthOutcome.NoValue, reason), (reading.Outcome, reading.NoValue));
        Assert.Null(quantities);
    }

    [Fact]
    public void Decode_Malformed_IsRefusedAndWritesNothing()
    {
        var (reading, quantities) = Decoding.Device().Decode(GattNumbers.TemperatureMeasurement, "06 B0 0E 00 FE DC 07 0C 05 0B 32 1B");
        Assert.Equal((HealthOutcome.Refused, GattFault.TooShort), (reading.Outcome, reading.Fault));
        Assert.Null(quantities);
    }

    [Fact]
    public void Decode_Intermediate_IsALiveEventWithoutIdentity()
    {
        var device = Decoding.Device();
        device.Decode(GattNumbers.CurrentTime, "EA 07 0B 16 0A 00 00 07 00 00");
        var (reading, quantities) = device.Decode(GattNumbers.IntermediateTemperature, "02 6C 01 00 FF EA 07 0B 16 09 00 00");
        Assert.Equal((HealthOutcome.Intermediate, true), (reading.Outcome, reading.Stamped));
        Assert.Null(reading.Identity);

        var frame = HealthDecoder.IntermediateEvent(reading, device, System.Text.Encoding.UTF8.GetBytes(quantities!.ToJsonString()));
        Assert.True(frame.Intermediate);
        Assert.Null(frame.Sequence);
        Assert.StartsWith("""{"thermometer":{"device":{"batteryLevel":-1.0},"temperature":{""", System.Text.Encoding.UTF8.GetString(frame.Members.Span));
    }
}
