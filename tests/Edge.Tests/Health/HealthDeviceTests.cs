using System.Buffers;
using System.Text.Json.Nodes;
using Dwapi.Edge.Gatt;
using Dwapi.Edge.Health;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Validation;

namespace Dwapi.Edge.Tests.Health;

public sealed class HealthDeviceTests
{
    [Fact]
    public void ToDeviceObject_DeviceInformation_IsTaken()
    {
        var device = Decoding.Device();
        device.Decode(GattNumbers.ManufacturerName, "41 42 43 00");
        device.Decode(GattNumbers.ModelNumber, "54 50");
        device.Decode(GattNumbers.SerialNumber, "53");
        device.Decode(GattNumbers.FirmwareRevision, "46");
        device.Decode(GattNumbers.SoftwareRevision, "57");
        device.Decode(GattNumbers.HardwareRevision, "48");
        device.Decode(GattNumbers.SystemId, "DE BC 9A FE FF 56 34 12");
        Assert.Equal(
            new DeviceObject
            {
                ProductName = "Thermometer CCDDEEFF",
                ManufacturerName = "ABC",
                ModelNumber = "TP",
                SerialNumber = "S",
                FirmwareRevision = "F",
                SoftwareRevision = "W",
                HardwareRevision = "H",
                SystemId = "123456FFFE9ABCDE",
            },
            device.ToDeviceObject(HealthAttributes.Thermometer));
    }

    [Fact]
    public void Decode_InformationAgain_IsNoChange()
    {
        var device = Decoding.Device();
        Assert.True(device.Decode(GattNumbers.ModelNumber, "54 50").Reading.DeviceChanged);
        Assert.False(device.Decode(GattNumbers.ModelNumber, "54 50").Reading.DeviceChanged);
        Assert.True(device.Decode(GattNumbers.BatteryLevel, "33").Reading.DeviceChanged);
        Assert.False(device.Decode(GattNumbers.BatteryLevel, "33").Reading.DeviceChanged);
        Assert.Equal("0.51", device.Battery.ToString());
    }

    [Theory]
    [InlineData("00 00 00 00 00 00 00 00")]
    [InlineData(null)]
    public void ToDeviceObject_NoSystemId_IsMadeOfThePublicAddress(string? sent)
    {
        var device = new HealthDevice("x", null) { PublicAddress = 0x1234569ABCDE };
        if (sent is not null)
            device.Decode(GattNumbers.SystemId, sent);
        Assert.Equal("123456FFFE9ABCDE", device.ToDeviceObject(HealthAttributes.Heart).SystemId);
        Assert.Equal(DeviceObject.NoSystemId, Decoding.Device().ToDeviceObject(HealthAttributes.Heart).SystemId);
    }

    [Fact]
    public void Announce_BodyCompositionScale_OffersBcaAndAValidDeviceSlice()
    {
        var announcement = new HealthDevice("ble.1", null) { Name = "Scale" }.Announce([HealthAttributes.Weight], ["bca"]);
        Assert.Equal(["weight", "bca"], announcement.Scopes);
        Assert.Equal(["weight"], announcement.HealthAttributes().Select(attribute => attribute.Name));
        Assert.Equal(default, DeviceObjectValidator.Validate(announcement.Device, false).Refusal);
        Assert.Equal(["weight"], new HealthDevice("ble.1", null).Announce([HealthAttributes.Weight], []).Scopes);
    }

    [Fact]
    public void Announce_Thermometer_CarriesModelNameToo()
    {
        var announcement = Decoding.Device().Announce([HealthAttributes.Thermometer], []);
        var validation = DeviceObjectValidator.Validate(announcement.Device, true);
        Assert.Equal(default, validation.Refusal);
        Assert.False(validation.Rewritten);
    }

    [Fact]
    public void Decode_UnknownCharacteristic_IsRefused() =>
        Assert.Equal(GattFault.UnknownCharacteristic, Decoding.Device().Decode(0x2A00, "00").Reading.Fault);

    [Fact]
    public void WriteItem_Measurement_IsWhatTheServersReaderReads()
    {
        var device = Decoding.Device();
        var quantities = new ArrayBufferWriter<byte>();
        var reading = HealthDecoder.Decode(GattNumbers.HeartRateMeasurement, [0, 85], device, Decoding.Received, quantities);

        var item = Decoding.Item(reading, device, quantities);

        Assert.Equal(default, item.Refusal);
        Assert.Equal((1, "ble.AABBCCDDEEFF", "health", "heart", false), (item.Sequence, item.ServiceId, item.Profile, item.Attribute, item.Stamped));
        Assert.Equal(quantities.WrittenSpan, item.Quantities.Span);
    }

    [Fact]
    public void Explain_Measurement_GivesObjectAndFields()
    {
        var explanation = HealthDecoder.Explain(
            GattNumbers.TemperatureMeasurement, Convert.FromHexString("06B00E00FEDC070C050B321B04"), Decoding.Device(), Decoding.Received);
        Assert.Equal(
            ["temperature: 37.60 deg C", "time stamp: 2012-12-05 11:50:27", "site: Finger body temperature"],
            explanation.Fields.Select(field => $"{field.Name}: {field.Text}"));
        Assert.Equal("FE000EB0", (string?)JsonNode.Parse(explanation.Json!)!["thermometer"]!["temperature"]!["mderFloat"]);
    }

    [Theory]
    [InlineData(GattNumbers.HeartRateMeasurement, "1E 55 32 00 21 00", "rate: 85 beats per min|skin contact: yes|energy: 50 kJ|RR: 32.2 ms")]
    [InlineData(GattNumbers.WeightMeasurement, "0C B0 36 05 F5 00 D6 06", "weight: 70.000 kg|user: 5|BMI: 24.5 kg/m2|height: 1.750 m")]
    [InlineData(GattNumbers.BodyCompositionMeasurement, "30 00 64 00 C8 00 B8 0B", "body fat: 10.0 %|muscle percentage: 20.0 %|muscle mass: 15.000 kg")]
    [InlineData(GattNumbers.BatteryLevel, "33", "battery: 51 %")]
    [InlineData(GattNumbers.SystemId, "DE BC 9A FE FF 56 34 12", "system id: 123456FFFE9ABCDE")]
    [InlineData(GattNumbers.ManufacturerName, "41 42", "text: AB")]
    [InlineData(GattNumbers.CurrentTime, "E1 07 01 04 0B 26 2D 03 01 02", "current time: 2017-01-04 11:38:45 + 1/256 s|adjust reason: 2")]
    [InlineData(GattNumbers.WeightMeasurement, "00", "")]
    public void Explain_Payload_DescribesItsFields(ushort characteristic, string hex, string expected)
    {
        var explanation = HealthDecoder.Explain(characteristic, Convert.FromHexString(hex.Replace(" ", "")), Decoding.Device(), Decoding.Received);
        Assert.Equal(expected, string.Join('|', explanation.Fields.Select(field => $"{field.Name}: {field.Text}")));
    }
}
