using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Dwapi.Gotapi.Codes;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Quantities;
using Dwapi.Gotapi.Time;
using Dwapi.Gotapi.Validation;

namespace Dwapi.Gotapi.Tests.Health;

/// <summary>The JSON examples of the three health texts, built from their numbers; what their errata touch is in <see cref="TsErrataTests"/>.</summary>
public sealed class TsExampleTests
{
    internal const long TimeStampNumber = 1431856940275;
    internal const string TimeStampText = "20150517100220.275-0000";

    /// <summary>attribute, part, value, mderFloat, type, typeCode, unit, unitCode.</summary>
    public static TheoryData<string, string, string, string, string, string, string, string> Quantities => new()
    {
        { "heart", "rr", "1365", "00000555", "RR interval", "147240", "ms", "264338" },
        { "weight", "bmi", "24.10", "FE00096A", "BMI", "188752", "kg/m2", "264096" },
        { "weight", "bodyFat", "13.5", "FF000087", "Body Fat", "188748", "%", "262688" },
        { "weight", "fatFreeMass", "138.8", "FF00056C", "Fat Free Mass", "188756", "lbs", "263904" },
        { "weight", "softLeanMass", "58.8", "FF00024C", "Soft Lean Mass", "188760", "kg", "263875" },
        { "weight", "muscleMass", "43", "0000002B", "Muscle Mass", "188776", "kg", "263875" },
        { "weight", "musclePercentage", "59", "0000003B", "Muscle Percentage", "188772", "%", "262688" },
        { "weight", "basalMetabolism", "1214000", "030004BE", "Basal Metabolism", "188768", "joules", "266112" },
        { "weight", "impedance", "4567.8", "FF00B26E", "Impedance", "188780", "ohms", "266432" },
    };

    [Theory, MemberData(nameof(Quantities))]
    public void QuantitiesWriter_ExampleOfTheTexts_WritesIt(
        string attribute, string part, string value, string mder, string type, string typeCode, string unit, string unitCode)
    {
        var entry = HealthAttributes.Find(attribute)!;
        Assert.Equal(Expected(part, value, mder, type, typeCode, unit, unitCode), Write(entry, part, mder, typeCode, unitCode, CodeSpelling.Standard));
    }

    [Theory, MemberData(nameof(Quantities))]
    public void Table_ExampleOfTheTexts_KnowsItsTypeAndUnit(
        string attribute, string part, string value, string mder, string type, string typeCode, string unit, string unitCode)
    {
        var entry = HealthAttributes.Find(attribute)!.FindPart(part)!;
        Assert.Contains(entry.Types, code => (code.Text, code.Code) == (type, typeCode));
        Assert.Contains(entry.Units, code => (code.Text, code.Code) == (unit, unitCode));
        Assert.True(DecimalNumber.Parse(value).NumericallyEquals(Number(mder)));
    }

    [Theory]
    [InlineData("thermometer", true)]
    [InlineData("heart", false)]
    [InlineData("weight", false)]
    public void DeviceObjectWriter_ExampleOfTheTexts_WritesIt(string attribute, bool hasModelName)
    {
        var written = JsonNode.Parse(DeviceObjectWriter.ToUtf8(ExampleDevice, HealthAttributes.Find(attribute)!.HasModelName))!.AsObject();
        var expected = new JsonObject
        {
            ["productName"] = "ABC Thermo Pro",
            ["manufacturerName"] = "ABC Inc.",
            ["modelNumber"] = "TP-001",
            ["firmwareRevision"] = "rev.1.001.003",
            ["serialNumber"] = "01234-5678-9ABCD-EF01",
            ["softwareRevision"] = "rev.2.000.000",
            ["hardwareRevision"] = "rev.1.0",
            ["partNumber"] = "002",
            ["protocolRevision"] = "rev.3.1",
            ["systemId"] = "ABCDEF0123456789",
        };
        if (hasModelName)
            expected["modelName"] = "TP-001";
        Assert.True(JsonNode.DeepEquals(expected, written), written.ToJsonString());
    }

    [Fact]
    public void HealthSlices_AnswerToGet_CarriesDeviceWithBatteryAndQuantities()
    {
        var answer = Splice(HealthSlices.Inner(DeviceObjectWriter.ToUtf8(ExampleDevice, true)).Span, "0.5"u8, "\"temperature\":{}"u8);
        var device = answer["thermometer"]!["device"]!.AsObject();
        Assert.Equal(12, device.Count);
        Assert.Equal("0.5", device["batteryLevel"]!.ToJsonString());
        Assert.Equal(["device", "temperature"], answer["thermometer"]!.AsObject().Select(member => member.Key));
    }

    [Fact]
    public void HealthSlices_AnswerToPut_CarriesDeviceWithoutBatteryAlone()
    {
        var answer = Splice(HealthSlices.Inner(DeviceObjectWriter.ToUtf8(ExampleDevice, true)).Span, default, default);
        Assert.False(answer["thermometer"]!["device"]!.AsObject().ContainsKey("batteryLevel"));
        Assert.Equal(["device"], answer["thermometer"]!.AsObject().Select(member => member.Key));
    }

    [Fact]
    public void HealthSlices_Event_CarriesBatteryAloneAndQuantities()
    {
        var answer = Splice(default, "0.5"u8, "\"temperature\":{}"u8);
        Assert.Equal("""{"thermometer":{"device":{"batteryLevel":0.5},"temperature":{}}}""", answer.ToJsonString());
    }

    /// <summary>The heart rate event of the texts as a plug-in written to them sends it: taken, and completed to our form.</summary>
    [Fact]
    public void Door_EventInTheShapeOfTheTexts_IsTaken()
    {
        var rr = Expected("rr", "1365", "00000555", "RR interval", "147240", "ms", "264338")[1..^1].Replace(",\"timeStampByPlugIn\":true", "");
        var rate = Expected("rate", "75", "0000004B", "Heart rate", "147842", "beats per min", "264864")[1..^1].Replace(",\"timeStampByPlugIn\":true", "");
        var members = ("{\"heart\":{\"device\":{\"deviceBatteryLevel\":0.5}," + rate + "," + rr + "}}")
            .Replace(TimeStampText, "20150517100220.000-0000");

        var parts = TsObjectSplitter.Split(HealthAttributes.Heart, Encoding.UTF8.GetBytes(members));
        var validation = HealthObjectValidator.Validate(HealthAttributes.Heart, parts.Quantities);

        Assert.Equal(default, parts.Refusal);
        Assert.Equal(default, validation.Refusal);
        Assert.Equal("0.5", Encoding.UTF8.GetString(parts.BatteryLevel.Span));
        Assert.Equal(TimeStampNumber, validation.MeasuredAt);
        Assert.Equal(TimeStampText, (string?)JsonNode.Parse(validation.Quantities.Span)!["rr"]!["timeStampString"]);
    }

    internal static readonly DeviceObject ExampleDevice = new()
    {
        ProductName = "ABC Thermo Pro",
        ManufacturerName = "ABC Inc.",
        ModelNumber = "TP-001",
        FirmwareRevision = "rev.1.001.003",
        SerialNumber = "01234-5678-9ABCD-EF01",
        SoftwareRevision = "rev.2.000.000",
        HardwareRevision = "rev.1.0",
        PartNumber = "002",
        ProtocolRevision = "rev.3.1",
        SystemId = "ABCDEF0123456789",
    };

    internal static string Expected(string part, string value, string mder, string type, string typeCode, string unit, string unitCode) =>
        "{\"" + part + "\":{\"value\":" + value + ",\"mderFloat\":\"" + mder + "\",\"type\":\"" + type + "\",\"typeCode\":\"" + typeCode
        + "\",\"unit\":\"" + unit + "\",\"unitCode\":\"" + unitCode + "\",\"timeStamp\":" + TimeStampNumber
        + ",\"timeStampString\":\"" + TimeStampText + "\",\"timeStampByPlugIn\":true}}";

    internal static string Write(HealthAttribute attribute, string part, string mder, string typeCode, string unitCode, CodeSpelling codes)
    {
        var entry = attribute.FindPart(part)!;
        var quantity = new Quantity(
            Number(mder), entry.Types.Single(code => code.Code == typeCode), entry.Units.Single(code => code.Code == unitCode), new TimeStamp(TimeStampNumber, null), true);
        var output = new ArrayBufferWriter<byte>();
        using (var slice = QuantitiesWriter.Begin(output, codes))
            slice.Write(entry, quantity);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static DecimalNumber Number(string mder)
    {
        Assert.True(MderFloat.Parse(mder).TryGetNumber(out var number, out _));
        return number;
    }

    private static JsonNode Splice(ReadOnlySpan<byte> device, ReadOnlySpan<byte> battery, ReadOnlySpan<byte> quantities)
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write("{"u8);
        HealthSlices.WriteMember(output, HealthAttributes.Thermometer, device, battery, quantities);
        output.Write("}"u8);
        return JsonNode.Parse(output.WrittenSpan)!;
    }
}
