using Dwapi.Gotapi.Codes;
using Dwapi.Gotapi.Health;

namespace Dwapi.Gotapi.Tests.Health;

public sealed class HealthAttributesTests
{
    [Theory]
    [InlineData("thermometer", "temperature", "", "health,thermometer")]
    [InlineData("heart", "rate", "rr,energy", "health,heart")]
    [InlineData("weight", "bodyMass", "bodyLength,bmi,bodyFat,fatFreeMass,softLeanMass,bodyWater,muscleMass,musclePercentage,basalMetabolism,impedance", "health,weight,bca")]
    [InlineData("bloodPressure", "systolic,diastolic", "meanArterialPressure,pulseRate", "health,bloodpressure")]
    [InlineData("pulseOximeter", "spo2,pulseRate", "spo2Fast,pulseRateFast,spo2Slow,pulseRateSlow,perfusionIndex", "health,pulseoximeter")]
    [InlineData("glucometer", "glucose", "", "health,glucometer")]
    public void Table_Attribute_IsThatOfTheTexts(string name, string mandatory, string optional, string scopes)
    {
        var attribute = HealthAttributes.Find(name)!;
        Assert.Equal(mandatory, string.Join(',', attribute.Parts.Where(part => part.Mandatory).Select(part => part.Name)));
        Assert.Equal(optional, string.Join(',', attribute.Parts.Where(part => !part.Mandatory && !part.Intermediate).Select(part => part.Name)));
        Assert.Equal(scopes, string.Join(',', attribute.AcceptedScopes));
        Assert.Equal(name, attribute.TopLevelObject);
    }

    [Fact]
    public void Table_IntermediateParts_AreTheCuffAloneAndComeLast()
    {
        Assert.Equal("cuffPressure", Assert.Single(HealthAttributes.All.SelectMany(attribute => attribute.Parts), part => part.Intermediate).Name);
        Assert.True(HealthAttributes.BloodPressure.Parts[^1].Intermediate);
    }

    [Theory]
    [InlineData("THERMOMETER", "thermometer")]
    [InlineData("Heart", "heart")]
    [InlineData("bloodpressure", "bloodPressure")]
    [InlineData("spirometer", null)]
    [InlineData("", null)]
    public void Find_Name_ComparesWithoutCase(string name, string? expected) => Assert.Equal(expected, HealthAttributes.Find(name)?.Name);

    [Fact]
    public void Parts_EveryTypeAndUnit_IsInTheCodeTable() =>
        Assert.All(
            HealthAttributes.All.SelectMany(attribute => attribute.Parts).SelectMany(part => part.Types.Concat(part.Units)),
            code => Assert.Same(code, MdcCodes.Find(code.Code32)));

    [Theory]
    [InlineData(0, "0.0")]
    [InlineData(5, "0.05")]
    [InlineData(50, "0.5")]
    [InlineData(51, "0.51")]
    [InlineData(100, "1.0")]
    [InlineData(101, "-1.0")]
    [InlineData(-1, "-1.0")]
    public void BatteryLevel_Percent_IsAFractionOrUnknown(int percent, string text) => Assert.Equal(text, BatteryLevel.FromPercent(percent).ToString());

    [Fact]
    public void BatteryLevel_Default_IsUnknown() => Assert.Equal("-1.0", default(BatteryLevel).ToString());

    [Theory]
    [InlineData("  ", "ble.AABBCCDDEEFF", "Thermometer CCDDEEFF")]
    [InlineData(null, "x", "Thermometer x")]
    [InlineData(" Thermo One ", "x", "Thermo One")]
    public void Named_NoName_IsMadeUpFromKindAndId(string? name, string id, string expected) =>
        Assert.Equal(expected, DeviceObject.Named(name, HealthAttributes.Thermometer, id));

    [Fact]
    public void Quantity_NumberBeyondAFloat_IsRoundedOnBothSides()
    {
        var quantity = new Quantity(new(909179687, -6), MdcCodes.Unspecified, MdcCodes.Ohm, default, true);
        Assert.Equal(("909.180", "FD0DDF7C"), (quantity.Value.ToString(), quantity.MderFloat.ToString()));
    }

    [Theory]
    [InlineData("{ \"a\":1 }", "\"a\":1")]
    [InlineData("{}", "")]
    public void Inner_Object_IsWithoutItsBraces(string slice, string inner) =>
        Assert.Equal(inner, System.Text.Encoding.UTF8.GetString(HealthSlices.Inner(System.Text.Encoding.UTF8.GetBytes(slice)).Span));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    public void Inner_NotAnObject_Throws(string slice) =>
        Assert.Throws<ArgumentException>(() => HealthSlices.Inner(System.Text.Encoding.UTF8.GetBytes(slice)));

    [Fact]
    public void MeasurementIdentity_SamePayload_IsTheSameAndAnotherCharacteristicIsNot()
    {
        var identity = MeasurementIdentity.Of(0x2A9D, [1, 2, 3]);
        Assert.Equal(identity, MeasurementIdentity.Of(0x2A9D, [1, 2, 3]));
        Assert.NotEqual(identity, MeasurementIdentity.Of(0x2A9C, [1, 2, 3]));
        Assert.Equal(identity, MeasurementIdentity.FromBytes(identity.ToBytes()));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([0x2A, 0x9D, 1, 2, 3])[..16]), identity.ToString());
    }
}
