using System.Buffers;
using System.Text;
using Dwapi.Gotapi.Codes;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Quantities;
using Dwapi.Gotapi.Time;
using Dwapi.Gotapi.Validation;

namespace Dwapi.Gotapi.Tests.Validation;

public sealed class HealthObjectValidatorTests
{
    private const string Rate =
        """{"rate":{"value":75.0,"mderFloat":"FF0002EE","type":"Heart rate","typeCode":"147842","unit":"beats per min","unitCode":"264864","timeStamp":1431856940275,"timeStampString":"20150517120220.275+0200","timeStampByPlugIn":true}}""";

    [Fact]
    public void Validate_WhatOurWriterWrites_KeepsTheVeryBytes()
    {
        var output = new ArrayBufferWriter<byte>();
        using (var slice = QuantitiesWriter.Begin(output, CodeSpelling.Standard))
        {
            foreach (var part in HealthAttributes.Weight.Parts)
                slice.Write(part, new Quantity(DecimalNumber.Parse("70.10"), part.Types[0], part.Units[0], new TimeStamp(1431856940275, null), false));
        }

        var result = HealthObjectValidator.Validate(HealthAttributes.Weight, output.WrittenMemory);

        Assert.Equal(default, result.Refusal);
        Assert.False(result.Rewritten);
        Assert.Equal(output.WrittenMemory, result.Quantities);
        Assert.Equal(1431856940275, result.MeasuredAt);
        Assert.False(result.TimeStampByPlugIn);
    }

    [Theory]
    [InlineData("""{"rate":""", """{ "contact":false,"rrIntervals":[762.7,800.0],"note":{"a":[{"b":"ä"}]}, "rate":""")]
    [InlineData("\"value\":75.0", "\"value\":75")]
    [InlineData("\"Heart rate\",\"typeCode\":\"147842\"", "\"\",\"typeCode\":\"\"")]
    [InlineData("\"timeStampByPlugIn\":true", "\"timeStampByPlugIn\":true,\"extra\":[1,2]")]
    public void Validate_GoodVariant_KeepsTheVeryBytes(string old, string now)
    {
        var bytes = Bytes(old, now);
        var result = HealthObjectValidator.Validate(HealthAttributes.Heart, bytes);
        Assert.Equal(default, result.Refusal);
        Assert.Equal(bytes, result.Quantities);
        Assert.True(result.TimeStampByPlugIn);
    }

    [Theory]
    [InlineData("mderFloat", "mdrFloat")]
    [InlineData("timeStampString", "timestampString")]
    [InlineData("\"147842\"", "147842")]
    [InlineData("\"264864\"", "264864")]
    [InlineData("FF0002EE", "ff0002ee")]
    [InlineData("20150517120220.275+0200", "20150517120220.000+0200")]
    [InlineData("20150517120220.275+0200", "20150517120220.275\\u002B0200")]
    public void Validate_ForeignSpelling_IsRewrittenToOurs(string old, string now)
    {
        var result = HealthObjectValidator.Validate(HealthAttributes.Heart, Bytes(old, now));
        Assert.Equal(default, result.Refusal);
        Assert.True(result.Rewritten);
        Assert.Equal(Rate, Encoding.UTF8.GetString(result.Quantities.Span));
    }

    [Fact]
    public void Validate_WithoutTimeStampByPlugIn_IsTakenAsStampedByTheDevice()
    {
        var result = HealthObjectValidator.Validate(HealthAttributes.Heart, Bytes(",\"timeStampByPlugIn\":true", ""));
        Assert.Equal(Rate.Replace("true", "false"), Encoding.UTF8.GetString(result.Quantities.Span));
        Assert.False(result.TimeStampByPlugIn);
    }

    [Fact]
    public void Validate_ValueWithMoreDigitsThanAFloat_MayDifferByTheRounding()
    {
        var bytes = Bytes("75.0,\"mderFloat\":\"FF0002EE\"", "909.1796875,\"mderFloat\":\"FD0DDF7C\"");
        Assert.Equal(default, HealthObjectValidator.Validate(HealthAttributes.Heart, bytes).Refusal);
    }

    [Theory]
    [InlineData("{\"rate\"", "[\"rate\"", HealthFault.NotJson, null, null)]
    [InlineData("}}", "}", HealthFault.NotJson, null, null)]
    [InlineData("}}", "}}x", HealthFault.NotJson, null, null)]
    [InlineData("{\"rate\"", "{\"a\":[[[[[[[[[1]]]]]]]]],\"rate\"", HealthFault.NotJson, null, null)]
    [InlineData("{\"rate\"", "{\"Rate\"", HealthFault.MissingMember, "rate", null)]
    [InlineData("{\"rate\"", "{\"device\":{},\"rate\"", HealthFault.ReservedMember, null, null)]
    [InlineData("{\"rate\"", "{\"\\u0072ate\"", HealthFault.ReservedMember, null, null)]
    [InlineData("{\"rate\"", "{\"a\":1,\"a\":2,\"rate\"", HealthFault.DuplicateMember, null, null)]
    [InlineData("{\"rate\"", "{\"a\":{\"b\":1,\"b\":1},\"rate\"", HealthFault.DuplicateMember, null, null)]
    [InlineData("{\"rate\"", "{\"rate\":1,\"rate\"", HealthFault.InvalidMember, "rate", null)]
    [InlineData("\"value\":75.0", "\"value\":75.0,\"value\":75.0", HealthFault.DuplicateMember, "rate", null)]
    [InlineData("\"value\":75.0", "\"value\":75.0,\"mdrFloat\":\"FF0002EE\"", HealthFault.DuplicateMember, "rate", null)]
    [InlineData("\"value\":75.0,", "", HealthFault.MissingMember, "rate", "value")]
    [InlineData("\"unitCode\":\"264864\",", "", HealthFault.MissingMember, "rate", "unitCode")]
    [InlineData("75.0", "\"75.0\"", HealthFault.InvalidMember, "rate", "value")]
    [InlineData("75.0", "null", HealthFault.InvalidMember, "rate", "value")]
    [InlineData("75.0", "75.1", HealthFault.MderFloatDiffers, "rate", null)]
    [InlineData("75.0,\"mderFloat\":\"FF0002EE\"", "909.1796875,\"mderFloat\":\"F9E9CF8B\"", HealthFault.MderFloatDiffers, "rate", null)]
    [InlineData("FF0002EE", "FF002EE", HealthFault.InvalidMember, "rate", "mderFloat")]
    [InlineData("FF0002EE", "007FFFFF", HealthFault.NoValue, "rate", "mderFloat")]
    [InlineData("\"147842\"", "\"14784x\"", HealthFault.InvalidMember, "rate", "typeCode")]
    [InlineData("\"264864\"", "26.5", HealthFault.InvalidMember, "rate", "unitCode")]
    [InlineData("\"Heart rate\"", "7", HealthFault.InvalidMember, "rate", "type")]
    [InlineData("Heart rate", "\\ud800", HealthFault.NotJson, null, null)]
    [InlineData("Heart rate", "\\ude00\\ud83d", HealthFault.NotJson, null, null)]
    [InlineData("Heart rate", "\\ud83d\\ud83d\\ude00", HealthFault.NotJson, null, null)]
    [InlineData("20150517120220.275+0200", "\\ud83d", HealthFault.NotJson, null, null)]
    [InlineData("1431856940275", "1431856940275.5", HealthFault.InvalidMember, "rate", "timeStamp")]
    [InlineData("1431856940275", "\"1431856940275\"", HealthFault.InvalidMember, "rate", "timeStamp")]
    [InlineData("20150517120220.275+0200", "2015-05-17T12:02:20Z", HealthFault.InvalidMember, "rate", "timeStampString")]
    [InlineData("20150517120220.275+0200", "20150517120220.275+0100", HealthFault.TimeStampDiffers, "rate", null)]
    [InlineData("true", "1", HealthFault.InvalidMember, "rate", "timeStampByPlugIn")]
    public void Validate_Faulty_IsRefusedWithItsReason(string old, string now, HealthFault fault, string? part, string? member)
    {
        var result = HealthObjectValidator.Validate(HealthAttributes.Heart, Bytes(old, now));
        Assert.Equal(new HealthRefusal(fault, part, member), result.Refusal);
        Assert.NotEmpty(result.Refusal.Message);
        Assert.True(result.Quantities.IsEmpty);
    }

    [Fact]
    public void Validate_OptionalPartFaulty_RefusesTheWhole() =>
        Assert.Equal(
            new HealthRefusal(HealthFault.InvalidMember, "rr"),
            HealthObjectValidator.Validate(HealthAttributes.Heart, Bytes("{\"rate\"", "{\"rr\":null,\"rate\"")).Refusal);

    [Theory]
    [InlineData("cuffPressure", true, HealthFault.None)]
    [InlineData("cuffPressure", false, HealthFault.MissingMember)]
    [InlineData("systolic", true, HealthFault.MissingMember)]
    public void Validate_CuffPressure_StandsForAResultInAnIntermediateValueOnly(string part, bool intermediate, HealthFault fault)
    {
        var result = HealthObjectValidator.Validate(HealthAttributes.BloodPressure, Bytes("rate\":", part + "\":"), intermediate);

        Assert.Equal(fault, result.Refusal.Fault);
        Assert.Equal(fault == HealthFault.None ? 1431856940275 : 0, result.MeasuredAt);
    }

    [Fact]
    public void Validate_NotUtf8_IsRefused()
    {
        var bytes = Encoding.Latin1.GetBytes(Rate.Replace("Heart rate", "Herzfrequenz ä"));
        Assert.Equal(HealthFault.NotJson, HealthObjectValidator.Validate(HealthAttributes.Heart, bytes).Refusal.Fault);
    }

    [Theory]
    [InlineData("\\ud83d\\ude00")]
    [InlineData("\\\\ud800")]
    [InlineData("\\\\\\ud83d\\uDE00\\n\\u0041")]
    public void Validate_EscapedTextThatIsUnicode_IsTaken(string text) =>
        Assert.False(HealthObjectValidator.Validate(HealthAttributes.Heart, Bytes("Heart rate", text)).Refusal.IsRefused);

    [Fact]
    public void Validate_TooManyMembers_IsRefused()
    {
        var many = string.Concat(Enumerable.Range(0, 65).Select(i => $"\"m{i}\":0,"));
        Assert.Equal(HealthFault.TooLarge, HealthObjectValidator.Validate(HealthAttributes.Heart, Bytes("{\"rate\"", "{" + many + "\"rate\"")).Refusal.Fault);
    }

    [Fact]
    public void Validate_GoodSlice_AllocatesNothing()
    {
        ReadOnlyMemory<byte> bytes = Encoding.UTF8.GetBytes(Rate);
        for (var i = 0; i < 100; i++)
            HealthObjectValidator.Validate(HealthAttributes.Heart, bytes);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            HealthObjectValidator.Validate(HealthAttributes.Heart, bytes);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Validate_MutatedSlices_NeverThrows()
    {
        const string alphabet = "{}[]\":,\\u0019aefnrt.+- ";
        var random = new Random(11073);
        var original = Encoding.UTF8.GetBytes(Rate);
        for (var i = 0; i < 50_000; i++)
        {
            var bytes = (byte[])original.Clone();
            for (var n = random.Next(1, 3); n > 0; n--)
                bytes[random.Next(bytes.Length)] = (byte)alphabet[random.Next(alphabet.Length)];
            var result = HealthObjectValidator.Validate(HealthAttributes.Heart, bytes);
            Assert.Equal(result.Refusal.IsRefused, result.Quantities.IsEmpty);
        }
    }

    private static ReadOnlyMemory<byte> Bytes(string old, string now)
    {
        Assert.Contains(old, Rate);
        return Encoding.UTF8.GetBytes(Rate.Replace(old, now));
    }
}
