using System.Buffers;
using Dwapi.Edge.Gatt;
using Dwapi.Edge.Health;
using Dwapi.Edge.Tests.Gatt;
using Dwapi.Gotapi.Codes;

namespace Dwapi.Edge.Tests.Health;

public sealed class HeartRateTests
{
    [Theory]
    [InlineData("00 55", "85 00000055 147842 264864", null, null, null)]
    [InlineData("04 FF", "255 000000FF 147842 264864", null, null, null)]
    [InlineData("1E 55 32 00 21 00", "85 00000055 147842 264864", "32.2 FF000142 147240 264338", "50000 03000032 8454263 266112", null)]
    [InlineData("1F 01 01 32 01 01 00 02 01 FF FF", "257 00000101 147842 264864", "63999.0 FF09C3F6 147240 264338", "306000 03000132 8454263 266112", "[1.0,252.0,63999.0]")]
    [InlineData("14 4A 0D 03", "74 0000004A 147842 264864", "762.7 FF001DCB 147240 264338", null, null)]
    public void Decode_Vector_WritesTheQuantities(string hex, string rate, string? rr, string? energy, string? intervals)
    {
        var (reading, quantities) = Decoding.Device().Decode(GattNumbers.HeartRateMeasurement, hex);
        Assert.Equal(HealthOutcome.Measurement, reading.Outcome);
        Assert.Equal(rate, quantities.Number("rate"));
        Assert.Equal(rr, quantities!.ContainsKey("rr") ? quantities.Number("rr") : null);
        Assert.Equal(energy, quantities.ContainsKey("energy") ? quantities.Number("energy") : null);
        Assert.Equal(intervals, quantities["rrIntervals"]?.ToJsonString());
    }

    [Theory]
    [InlineData("00 55", null)]
    [InlineData("06 55", null)]
    [InlineData("04 55", false)]
    public void Decode_Contact_IsAddedOnlyWhenThereIsNone(string hex, bool? contact) =>
        Assert.Equal(contact, (bool?)Decoding.Device().Decode(GattNumbers.HeartRateMeasurement, hex).Quantities!["contact"]);

    [Fact]
    public void Decode_NoTimeStampInTheService_IsDatedByReceptionWithoutIdentity()
    {
        var (reading, quantities) = Decoding.Device(TimeZoneInfo.Utc).Decode(GattNumbers.HeartRateMeasurement, "00 55");
        Assert.False(reading.Stamped);
        Assert.Null(reading.Identity);
        Assert.Equal("20261122100000.000+0000", (string?)quantities!["rate"]!["timeStampString"]);
        Assert.True((bool?)quantities["rate"]!["timeStampByPlugIn"]);
    }

    /// <summary>The printed unit is the calorie: 50 kJ are 11950 cal, in steps of 100.</summary>
    [Fact]
    public void Decode_TsLiteral_StatesEnergyInCalories()
    {
        var device = new HealthDevice("x", null) { Codes = CodeSpelling.TsLiteral };
        Assert.Equal("12000 02000078 119 6784", device.Decode(GattNumbers.HeartRateMeasurement, "08 55 32 00").Quantities.Number("energy"));
    }

    [Fact]
    public void Decision36_Decode_HeartRate_AllocatesNothing()
    {
        var device = Decoding.Device(TimeZoneInfo.Utc);
        var output = new ArrayBufferWriter<byte>(4096);
        var payload = Bytes.Of("1F 01 01 32 01 01 00 02 01 FF FF");
        Decode(2_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Decode(1_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Decode(int times)
        {
            for (var i = 0; i < times; i++)
            {
                output.ResetWrittenCount();
                HealthDecoder.Decode(GattNumbers.HeartRateMeasurement, payload, device, Decoding.Received, output);
            }
        }
    }
}
