using Dwapi.Edge.Gatt;

namespace Dwapi.Edge.Tests.Gatt;

public sealed class HeartRateMeasurementTests
{
    [Theory]
    [InlineData("00 55", 85, null, null, "")]
    [InlineData("04 FF", 255, false, null, "")]
    [InlineData("06 5A", 90, true, null, "")]
    [InlineData("1E 55 32 00 21 00", 85, true, 50, "33")]
    [InlineData("1F 01 01 32 01 01 00 02 01 FF FF", 257, true, 306, "1,258,65535")]
    [InlineData("14 4A 0D 03", 74, false, null, "781")]
    [InlineData("10 4A 0D 03 01", 74, null, null, "781")]
    public void TryDecode_Vector_GivesItsFields(string hex, int rate, bool? contact, int? energy, string intervals)
    {
        Assert.True(HeartRateMeasurement.TryDecode(Bytes.Of(hex), out var measurement, out _));
        Assert.Equal(rate, measurement.Rate);
        Assert.Equal(contact, measurement.Contact);
        Assert.Equal(energy, (int?)measurement.EnergyExpended);
        var list = new List<int>();
        for (var i = 0; i < measurement.RrCount; i++)
            list.Add(measurement.Rr(i));
        Assert.Equal(intervals, string.Join(',', list));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("01 55")]
    [InlineData("17 01")]
    [InlineData("08 55 32")]
    [InlineData("17 01 01")]
    [InlineData("10 4A 0D")]
    public void TryDecode_ShorterThanItsFlags_IsRefusedWhole(string hex)
    {
        Assert.False(HeartRateMeasurement.TryDecode(Bytes.Of(hex), out var measurement, out var fault));
        Assert.Equal(GattFault.TooShort, fault);
        Assert.Equal(0, measurement.Rate);
    }

    [Theory]
    [InlineData(781, "762.7")]
    [InlineData(33, "32.2")]
    [InlineData(1024, "1000.0")]
    [InlineData(0, "0.0")]
    [InlineData(65535, "63999.0")]
    public void RrInterval_Raw_IsTenthsOfAMillisecond(int raw, string text) => Assert.Equal(text, GattSteps.RrInterval((ushort)raw).ToString());

    [Fact]
    public void RrInterval_NeighbouringRawValues_StayDistinct()
    {
        for (var raw = 1; raw <= ushort.MaxValue; raw++)
            Assert.NotEqual(GattSteps.RrInterval((ushort)(raw - 1)), GattSteps.RrInterval((ushort)raw));
    }
}
