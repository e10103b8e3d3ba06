using System.Text;
using Dwapi.Gotapi.Codes;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Quantities;
using Dwapi.Gotapi.Time;

namespace Dwapi.Gotapi.Tests.Health;

/// <summary>
/// Where the health texts contradict themselves or the standard: our choice. Errata of requests and envelopes are tested with the web
/// API; mdrFloat, timestampString and deviceBatteryLevel at the door (Validation).
/// </summary>
public sealed class TsErrataTests
{
    /// <summary>The printed FLOATs have 7 digits or another value; ours are the correct 8.</summary>
    [Theory]
    [InlineData("thermometer", "temperature", "36.4", "FF00016C", "Oral body temperature", "188424", "deg C", "268192")]
    [InlineData("heart", "rate", "75", "0000004B", "Heart rate", "147842", "beats per min", "264864")]
    [InlineData("weight", "bodyMass", "160.4", "FF000644", "Body Mass", "188736", "lbs", "263904")]
    [InlineData("weight", "bodyLength", "68.5", "FF0002AD", "Body Length", "188740", "inches", "263520")]
    [InlineData("weight", "bodyWater", "64", "00000040", "Body water", "188764", "%", "262688")]
    [InlineData("heart", "energy", "50000", "03000032", "energy expended", "8454263", "joules", "266112")]
    public void QuantitiesWriter_Erratum_WritesOurChoice(
        string attribute, string part, string value, string mder, string type, string typeCode, string unit, string unitCode) =>
        Assert.Equal(
            TsExampleTests.Expected(part, value, mder, type, typeCode, unit, unitCode),
            TsExampleTests.Write(HealthAttributes.Find(attribute)!, part, mder, typeCode, unitCode, CodeSpelling.Standard));

    [Theory]
    [InlineData("weight", "bodyMass", "160.4", "FF000644", "Body Mass", "188736", "188740", "lbs", "263904", "263904")]
    [InlineData("weight", "bodyLength", "68.5", "FF0002AD", "Body Length", "188740", "188744", "inches", "263520", "263520")]
    [InlineData("weight", "bodyWater", "64", "00000040", "Body water", "188764", "188760", "%", "262688", "262688")]
    [InlineData("heart", "energy", "5", "00000005", "energy expended", "8454263", "119", "Calories", "268928", "6784")]
    [InlineData("heart", "rr", "1365", "00000555", "RR interval", "147240", "147240", "ms", "264338", "264338")]
    public void QuantitiesWriter_TsLiteral_WritesThePrintedCodes(
        string attribute, string part, string value, string mder, string type, string typeCode, string printedType, string unit, string unitCode, string printedUnit) =>
        Assert.Equal(
            TsExampleTests.Expected(part, value, mder, type, printedType, unit, printedUnit),
            TsExampleTests.Write(HealthAttributes.Find(attribute)!, part, mder, typeCode, unitCode, CodeSpelling.TsLiteral));

    [Theory]
    [InlineData("FFFFC8E")]
    [InlineData("FF00644")]
    [InlineData("FF002AD")]
    public void MderFloat_PrintedSevenDigits_AreRefused(string text) => Assert.False(MderFloat.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void MderFloat_PrintedAsSeventyFive_IsFortyFive()
    {
        Assert.True(MderFloat.Parse("0000002D").TryGetNumber(out var number, out _));
        Assert.Equal("45", number.ToString());
    }

    /// <summary>The printed string cuts the milliseconds off the printed number; ours is the same instant.</summary>
    [Fact]
    public void TimeStampString_PrintedNumber_IsTheSameInstant() =>
        Assert.Equal("20150517100220.275-0000", new TimeStamp(1431856940275, null).ToString());

    [Fact]
    public void Scopes_Scale_AreWeightAlwaysAndBcaWhenOffered() =>
        Assert.Equal([("weight", false), ("bca", true)], HealthAttributes.Weight.DiscoveryScopes.Select(scope => (scope.Name, scope.OnlyIfOffered)));

    [Fact]
    public void HasModelName_AllAttributes_IsForTheThermometerAlone() =>
        Assert.Equal([HealthAttributes.Thermometer], HealthAttributes.All.Where(attribute => attribute.HasModelName));
}
