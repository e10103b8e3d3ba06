using Dwapi.Edge.Gatt;

namespace Dwapi.Edge.Tests.Gatt;

public sealed class TemperatureMeasurementTests
{
    [Theory]
    [InlineData("06 B0 0E 00 FE DC 07 0C 05 0B 32 1B 04", "37.60", false, "2012-12-05 11:50:27", TemperatureType.Finger)]
    [InlineData("00 15 00 00 00", "21", false, null, null)]
    [InlineData("00 6C 01 00 FF", "36.4", false, null, null)]
    [InlineData("01 DA 03 00 FF", "98.6", true, null, null)]
    [InlineData("04 6C 01 00 FF 06", "36.4", false, null, TemperatureType.Mouth)]
    [InlineData("02 6C 01 00 FF E2 07 04 11 0F 33 00 AA BB", "36.4", false, "2018-04-17 15:51:00", null)]
    [InlineData("F8 6C 01 00 FF", "36.4", false, null, null)]
    public void TryDecode_Vector_GivesItsFields(string hex, string number, bool fahrenheit, string? time, TemperatureType? type)
    {
        Assert.True(TemperatureMeasurement.TryDecode(Bytes.Of(hex), out var measurement, out var fault));
        Assert.Equal(GattFault.None, fault);
        Assert.True(measurement.Temperature.TryGetNumber(out var decoded, out _));
        Assert.Equal(number, decoded.ToString());
        Assert.Equal((fahrenheit, time, type), (measurement.Fahrenheit, measurement.Time?.ToString(), measurement.Type));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("00 6C 01 00")]
    [InlineData("06 B0 0E 00 FE DC 07 0C 05 0B 32 1B")]
    [InlineData("02 6C 01 00 FF E2 07 04 11 0F 33")]
    [InlineData("04 6C 01 00 FF")]
    public void TryDecode_ShorterThanItsFlags_IsRefusedWhole(string hex)
    {
        Assert.False(TemperatureMeasurement.TryDecode(Bytes.Of(hex), out var measurement, out var fault));
        Assert.Equal(GattFault.TooShort, fault);
        Assert.Equal(default, measurement);
    }
}
