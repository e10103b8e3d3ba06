using Dwapi.Edge.Gatt;
using Dwapi.Edge.Health;

namespace Dwapi.Edge.Tests.Health;

public sealed class WeightTests
{
    [Theory]
    [InlineData("00 B0 36", "70.000 FD011170 188736 263875", null, null)]
    [InlineData("01 54 3D", "157.00 FE003D54 188736 263904", null, null)]
    [InlineData("0C B0 36 05 F5 00 D6 06", "70.000 FD011170 188736 263875", "24.5 FF0000F5 188752 264096", "1.750 FD0006D6 188740 263424")]
    [InlineData("09 54 3D FF FF AD 02", "157.00 FE003D54 188736 263904", null, "68.5 FF0002AD 188740 263520")]
    public void Decode_WeightVector_WritesTheQuantities(string hex, string mass, string? index, string? length)
    {
        var (_, quantities) = Decoding.Device().Decode(GattNumbers.WeightMeasurement, hex);
        Assert.Equal(mass, quantities.Number("bodyMass"));
        Assert.Equal(index, quantities!.ContainsKey("bmi") ? quantities.Number("bmi") : null);
        Assert.Equal(length, quantities.ContainsKey("bodyLength") ? quantities.Number("bodyLength") : null);
    }

    [Theory]
    [InlineData(GattNumbers.WeightMeasurement, "00 FF FF")]
    [InlineData(GattNumbers.BodyCompositionMeasurement, "00 04 FF FF B0 36")]
    [InlineData(GattNumbers.BodyCompositionMeasurement, "00 04 32 00 FF FF")]
    public void Decode_Unsuccessful_IsNoMeasurement(ushort characteristic, string hex)
    {
        var (reading, quantities) = Decoding.Device().Decode(characteristic, hex);
        Assert.Equal(HealthOutcome.NoValue, reading.Outcome);
        Assert.Null(quantities);
    }

    [Fact]
    public void Decode_BodyCompositionWithEverything_WritesEveryPart()
    {
        var (_, quantities) = Decoding.Device().Decode(
            GattNumbers.BodyCompositionMeasurement, "FC 0F 78 00 05 40 06 C8 00 B8 0B E0 2E 10 27 40 1F 88 13 B0 36 E8 03");
        Assert.Equal(
            [
                "bodyMass 70.000 FD011170 188736 263875", "bodyLength 1.000 FD0003E8 188740 263424", "bodyFat 12.0 FF000078 188748 262688",
                "fatFreeMass 60.000 FD00EA60 188756 263875", "softLeanMass 50.000 FD00C350 188760 263875", "bodyWater 40.000 FD009C40 188764 263875",
                "muscleMass 15.000 FD003A98 188776 263875", "musclePercentage 20.0 FF0000C8 188772 262688",
                "basalMetabolism 1600000 03000640 188768 266112", "impedance 500.0 FF001388 188780 266432",
            ],
            quantities.Parts().Select(part => $"{part} {quantities.Number(part)}"));
    }

    [Fact]
    public void Decode_OptionalFieldFfff_LeavesNoKey() =>
        Assert.Equal(
            ["bodyMass", "bodyFat"],
            Decoding.Device().Decode(GattNumbers.BodyCompositionMeasurement, "00 0E 46 00 FF FF B0 36 FF FF").Quantities.Parts());

    [Fact]
    public void Decode_BodyCompositionWithoutWeight_TakesTheMassOfTheSameWeighing()
    {
        var device = Decoding.Device();
        device.Decode(GattNumbers.WeightMeasurement, "04 B0 36 05");
        var (_, quantities) = device.Decode(GattNumbers.BodyCompositionMeasurement, "04 00 32 00 05", Decoding.Received.AddSeconds(20));
        Assert.Equal("70.000 FD011170 188736 263875", quantities.Number("bodyMass"));
        Assert.Equal("5.0 FF000032 188748 262688", quantities.Number("bodyFat"));
    }

    [Theory]
    [InlineData("04 00 32 00 06", 20)]
    [InlineData("04 00 32 00 05", 61)]
    public void Decode_BodyCompositionOfAnotherUserOrTime_DoesNotTakeTheMass(string hex, int seconds)
    {
        var device = Decoding.Device();
        device.Decode(GattNumbers.WeightMeasurement, "04 B0 36 05");
        Assert.Equal(HealthOutcome.Incomplete, device.Decode(GattNumbers.BodyCompositionMeasurement, hex, Decoding.Received.AddSeconds(seconds)).Reading.Outcome);
    }

    [Fact]
    public void Decode_BodyCompositionBeforeItsMass_IsWrittenWithTheMassOnce()
    {
        var device = Decoding.Device();
        var (waiting, nothing) = device.Decode(GattNumbers.BodyCompositionMeasurement, "44 00 32 00 05 E0 2E");
        Assert.Equal(HealthOutcome.Incomplete, waiting.Outcome);
        Assert.Null(nothing);

        Assert.Equal(["bodyMass"], device.Decode(GattNumbers.WeightMeasurement, "04 B0 36 06").Quantities.Parts());
        Assert.Equal(["bodyMass", "bodyFat", "fatFreeMass"], device.Decode(GattNumbers.WeightMeasurement, "04 B0 36 05").Quantities.Parts());
        Assert.Equal(["bodyMass"], device.Decode(GattNumbers.WeightMeasurement, "04 B0 36 05").Quantities.Parts());
    }

    [Fact]
    public void Decode_TwoPackets_GiveOneMeasurementWithOneIdentity()
    {
        var device = Decoding.Device();
        device.Decode(GattNumbers.CurrentTime, "EA 07 0B 16 0A 00 00 07 00 00");
        Assert.Equal(HealthOutcome.Incomplete, First().Outcome);
        var (whole, quantities) = Second();
        Assert.Equal(["bodyMass", "bodyLength", "bodyFat", "impedance"], quantities.Parts());
        Assert.NotNull(whole.Identity);

        First();
        Assert.Equal(whole.Identity, Second().Reading.Identity);

        HealthReading First() => device.Decode(GattNumbers.BodyCompositionMeasurement, "06 10 46 00 EA 07 0B 16 09 00 00 05").Reading;

        (HealthReading Reading, System.Text.Json.Nodes.JsonObject? Quantities) Second() =>
            device.Decode(GattNumbers.BodyCompositionMeasurement, "00 1E 46 00 40 1F B0 36 E8 03");
    }

    [Fact]
    public void Decode_MiPrivateLayout_IsRefusedByName()
    {
        var (reading, quantities) = Decoding.Device().Decode(GattNumbers.BodyCompositionMeasurement, "02 A6 E7 07 0C 19 0E 1E 2D C8 01 B0 36");
        Assert.Equal((HealthOutcome.Refused, GattFault.MiPrivateLayout), (reading.Outcome, reading.Fault));
        Assert.Null(quantities);
    }
}
