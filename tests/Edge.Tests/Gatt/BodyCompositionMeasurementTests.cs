using Dwapi.Edge.Gatt;

namespace Dwapi.Edge.Tests.Gatt;

public sealed class BodyCompositionMeasurementTests
{
    [Theory]
    [InlineData("00 00 32 00", "fat=5.0")]
    [InlineData("0C 00 78 00 05 40 06", "fat=12.0 user=5 basal=1600")]
    [InlineData("30 00 64 00 C8 00 B8 0B", "fat=10.0 muscle%=20.0 muscle=15.000")]
    [InlineData("C0 01 50 00 E0 2E 10 27 40 1F", "fat=8.0 fatFree=60.000 softLean=50.000 water=40.000")]
    [InlineData("00 0E 46 00 40 1F B0 36 E8 03", "fat=7.0 ohm=800.0 weight=70.000 height=1.000")]
    [InlineData("03 00 32 00 E7 07 0C 19 0E 1E 2D", "imperial fat=5.0 2023-12-25 14:30:45")]
    public void TryDecode_Vector_GivesItsFields(string hex, string expected)
    {
        Assert.True(BodyCompositionMeasurement.TryDecode(Bytes.Of(hex), out var m, out _));
        var fields = new List<string>();
        if (m.Imperial)
            fields.Add("imperial");
        Add("fat", m.BodyFat, raw => GattSteps.Tenths(raw).ToString());
        if (m.Time is { } time)
            fields.Add(time.ToString());
        Add("user", m.User, raw => raw.ToString());
        Add("basal", m.BasalMetabolism, raw => raw.ToString());
        Add("muscle%", m.MusclePercentage, raw => GattSteps.Tenths(raw).ToString());
        Add("muscle", m.MuscleMass, Mass);
        Add("fatFree", m.FatFreeMass, Mass);
        Add("softLean", m.SoftLeanMass, Mass);
        Add("water", m.BodyWaterMass, Mass);
        Add("ohm", m.Impedance, raw => GattSteps.Tenths(raw).ToString());
        Add("weight", m.Weight, Mass);
        Add("height", m.Height, raw => GattSteps.Height(raw, m.Imperial).ToString());
        Assert.Equal(expected, string.Join(' ', fields));

        string Mass(ushort raw) => GattSteps.Mass(raw, m.Imperial).ToString();

        void Add(string name, ushort? raw, Func<ushort, string> text)
        {
            if (raw is { } value)
                fields.Add($"{name}={text(value)}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("00 00 32")]
    [InlineData("0C 00 78 00 05 40")]
    [InlineData("02 00 32 00 E7 07 0C 19 0E 1E")]
    [InlineData("FF 0F 32 00")]
    public void TryDecode_ShorterThanItsFlags_IsRefusedWhole(string hex)
    {
        Assert.False(BodyCompositionMeasurement.TryDecode(Bytes.Of(hex), out var measurement, out var fault));
        Assert.Equal((GattFault.TooShort, default), (fault, measurement));
    }

    [Theory]
    [InlineData("02 A6 E7 07 0C 19 0E 1E 2D C8 01 B0 36")]
    [InlineData("00 00 E7 07 0C 19 0E 1E 2D C8 01 B0 36")]
    public void TryDecode_MiPrivateLayout_IsRefusedByName(string hex)
    {
        Assert.False(BodyCompositionMeasurement.TryDecode(Bytes.Of(hex), out _, out var fault));
        Assert.Equal(GattFault.MiPrivateLayout, fault);
    }

    [Fact]
    public void TryDecode_StandardLayoutOfThirteenBytes_IsNotTakenForThePrivateOne() =>
        Assert.True(BodyCompositionMeasurement.TryDecode(Bytes.Of("04 0F 46 00 05 40 1F 40 1F B0 36 E8 03"), out _, out _));

    [Fact]
    public void TryJoin_TwoPackets_GiveOneMeasurement()
    {
        var joiner = new BodyCompositionJoiner();
        Assert.False(joiner.TryJoin(Packet("06 10 46 00 E7 07 0C 19 0E 1E 2D 05"), out _, out _));
        Assert.True(joiner.IsWaiting);
        Assert.True(joiner.TryJoin(Packet("00 1E 46 00 40 1F B0 36 E8 03"), out var whole, out var abandoned));
        Assert.False(abandoned);
        Assert.Equal(("2023-12-25 14:30:45", (byte?)5, (ushort?)14000, (ushort?)8000), (whole.Time?.ToString(), whole.User, whole.Weight, whole.Impedance));
        Assert.False(joiner.IsWaiting);
    }

    [Theory]
    [InlineData("00 1E 47 00 40 1F B0 36 E8 03", false)]
    [InlineData("06 10 46 00 E7 07 0C 19 0E 1E 2D 05", false)]
    [InlineData("10 10 46 00 C8 00", true)]
    [InlineData("00 04 46 00 B0 36", false)]
    public void TryJoin_SecondPacketThatDoesNotContinue_AbandonsTheFirst(string second, bool overlaps)
    {
        var joiner = new BodyCompositionJoiner();
        joiner.TryJoin(Packet(overlaps ? "10 10 46 00 C8 00" : "06 10 46 00 E7 07 0C 19 0E 1E 2D 05"), out _, out _);
        joiner.TryJoin(Packet(second), out var whole, out var abandoned);
        Assert.True(abandoned);
        Assert.Null(whole.Time is null ? null : whole.Impedance);
    }

    private static BodyCompositionMeasurement Packet(string hex)
    {
        Assert.True(BodyCompositionMeasurement.TryDecode(Bytes.Of(hex), out var packet, out _));
        return packet;
    }
}
