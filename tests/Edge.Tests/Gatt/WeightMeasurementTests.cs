using Dwapi.Edge.Gatt;

namespace Dwapi.Edge.Tests.Gatt;

public sealed class WeightMeasurementTests
{
    [Theory]
    [InlineData("00 B0 36", "70.000", false, null, null, null, null)]
    [InlineData("01 54 3D", "157.00", true, null, null, null, null)]
    [InlineData("02 B0 36 E7 07 0C 19 0E 1E 2D", "70.000", false, "2023-12-25 14:30:45", null, null, null)]
    [InlineData("0C B0 36 05 F5 00 D6 06", "70.000", false, null, 5, "24.5", "1.750")]
    [InlineData("09 54 3D F5 00 AD 02", "157.00", true, null, null, "24.5", "68.5")]
    public void TryDecode_Vector_GivesItsFields(string hex, string mass, bool imperial, string? time, int? user, string? index, string? height)
    {
        Assert.True(WeightMeasurement.TryDecode(Bytes.Of(hex), out var measurement, out _));
        Assert.Equal(mass, GattSteps.Mass(measurement.Weight, measurement.Imperial).ToString());
        Assert.Equal((imperial, time, user), (measurement.Imperial, measurement.Time?.ToString(), (int?)measurement.User));
        Assert.Equal(index, measurement.BodyMassIndex is { } raw ? GattSteps.Tenths(raw).ToString() : null);
        Assert.Equal(height, measurement.Height is { } tall ? GattSteps.Height(tall, imperial).ToString() : null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00 B0")]
    [InlineData("02 B0 36 E7 07 0C 19 0E 1E")]
    [InlineData("04 B0 36")]
    [InlineData("08 B0 36 F5 00 D6")]
    public void TryDecode_ShorterThanItsFlags_IsRefusedWhole(string hex)
    {
        Assert.False(WeightMeasurement.TryDecode(Bytes.Of(hex), out var measurement, out var fault));
        Assert.Equal((GattFault.TooShort, default), (fault, measurement));
    }

    [Fact]
    public void Feature_Bits_AreTheResolutions()
    {
        Assert.True(WeightScaleFeature.TryDecode(Bytes.Of("BF 01 00 00"), out var feature, out _));
        Assert.Equal((true, true, true, 7, 3), (feature.TimeStamp, feature.MultipleUsers, feature.BodyMassIndex, feature.WeightResolution, feature.HeightResolution));
        Assert.False(WeightScaleFeature.TryDecode(Bytes.Of("BF 01 00"), out _, out _));
    }
}
