using System.Text;
using Dwapi.Edge.Ipp;

namespace Dwapi.Edge.Tests.Ipp;

/// <summary>application/ipp: bytes laid out by hand after RFC 8010 (3.1 to 3.9, appendix A), and what must not pass.</summary>
public sealed class IppCodecTests
{
    [Fact]
    public void Decode_CreateJobRequest_AsInRfc8010AppendixA()
    {
        var bytes = Bytes(
            "0101", "0005", "00000001", "01",
            "47", "0012", Ascii("attributes-charset"), "0005", Ascii("utf-8"),
            "48", "001b", Ascii("attributes-natural-language"), "0005", Ascii("en-us"),
            "45", "000b", Ascii("printer-uri"), "0015", Ascii("ipp://forest/pinetree"),
            "42", "0008", Ascii("job-name"), "0006", Ascii("foobar"),
            "22", "0016", Ascii("ipp-attribute-fidelity"), "0001", "01",
            "02",
            "21", "0006", Ascii("copies"), "0004", "00000014",
            "44", "0005", Ascii("sides"), "0013", Ascii("two-sided-long-edge"),
            "03");

        var message = IppDecoder.Decode(bytes, out var length);

        var (operation, job) = (message.Group(IppTag.OperationAttributes), message.Group(IppTag.JobAttributes));
        Assert.Equal(((ushort)0x0101, (ushort)IppOperation.CreateJob, 1, bytes.Length), (message.Version, message.Code, message.RequestId, length));
        Assert.Equal(("utf-8", "ipp://forest/pinetree", "foobar", true), (operation.Text("attributes-charset"), operation.Text("printer-uri"), operation.Text("job-name"), operation.Flag("ipp-attribute-fidelity")));
        Assert.Equal((20, "two-sided-long-edge"), (job.Number("copies"), job.Text("sides")));
        Assert.Equal(bytes, IppEncoder.Encode(message).ToArray());
    }

    [Fact]
    public void Decode_CollectionsWithinCollections_AsInRfc8010Section316()
    {
        var bytes = Bytes(
            "0200", "0000", "0000000a", "02",
            "34", "0009", Ascii("media-col"), "0000",
            "4a", "0000", "000a", Ascii("media-size"),
            "34", "0000", "0000",
            "4a", "0000", "000b", Ascii("x-dimension"), "21", "0000", "0004", "00005208",
            "4a", "0000", "000b", Ascii("y-dimension"), "33", "0000", "0008", "00000001", "00007404",
            "37", "0000", "0000",
            "4a", "0000", "0005", Ascii("types"), "44", "0000", "0001", Ascii("a"), "44", "0000", "0001", Ascii("b"),
            "37", "0000", "0000",
            "03");

        var message = IppDecoder.Decode(bytes);

        var media = message.Group(IppTag.JobAttributes).Members("media-col");
        Assert.Equal(0x5208, media.Members("media-size").Number("x-dimension"));
        Assert.Equal(new IppRange(1, 0x7404), media.Members("media-size")["y-dimension"].Single());
        Assert.Equal(["a", "b"], media.Texts("types"));
        Assert.Equal(bytes, IppEncoder.Encode(message).ToArray());
    }

    [Fact]
    public void Decode_EveryOtherSyntax_AsInRfc8010Table()
    {
        var bytes = Bytes(
            "0200", "0001", "00000007", "04",
            "13", "0001", Ascii("a"), "0000",
            "12", "0001", Ascii("b"), "0000",
            "23", "0001", Ascii("c"), "0004", "00000003", "23", "0000", "0004", "fffffffe",
            "30", "0001", Ascii("d"), "0002", "00ff",
            "31", "0001", Ascii("e"), "000b", "07ea", "02", "1d", "17", "3b", "3c", "09", Ascii("-"), "05", "1e",
            "32", "0001", Ascii("f"), "0009", "00000258", "0000012c", "03",
            "35", "0001", Ascii("g"), "000b", "0005", Ascii("de-at"), "0002", "c3a4",
            "36", "0001", Ascii("h"), "0006", "0002", Ascii("en"), "0000",
            "46", "0001", Ascii("i"), "0005", Ascii("https"),
            "49", "0001", Ascii("j"), "0009", Ascii("model/3mf"),
            "7f", "0001", Ascii("k"), "0005", "0000400001",
            "03");

        var printer = IppDecoder.Decode(bytes).Group(IppTag.PrinterAttributes);

        Assert.Equal(new IppOutOfBand(IppTag.NoValue), printer["a"].Single());
        Assert.Equal(IppTag.Unknown, printer["b"].Single().Tag);
        Assert.Equal([3, -2], printer.Numbers("c"));
        Assert.Equal(new IppOctets(IppTag.OctetString, [0, 255]), printer["d"].Single());
        Assert.Equal(new IppDateTime(2026, 2, 29, 23, 59, 60, 9, true, 5, 30), printer["e"].Single());
        Assert.Equal(new IppResolution(600, 300, 3), printer["f"].Single());
        Assert.Equal(new IppLocalizedText(IppTag.TextWithLanguage, "de-at", "ä"), printer["g"].Single());
        Assert.Equal(new IppLocalizedText(IppTag.NameWithLanguage, "en", ""), printer["h"].Single());
        Assert.Equal(("https", "model/3mf"), (printer.Text("i"), printer.Text("j")));
        Assert.Equal((IppTag)0x7f, Assert.IsType<IppOctets>(printer["k"].Single()).Tag);
        Assert.Equal((null, null, "", false), (printer.Number("d"), printer.Flag("c"), printer.Text("c"), printer.Has("z")));
        Assert.Equal(bytes, IppEncoder.Encode(IppDecoder.Decode(bytes)).ToArray());
    }

    [Fact]
    public void Decode_MessageWithDocument_SaysWhereTheDocumentBegins()
    {
        var message = IppEncoder.Encode(new IppMessage((ushort)IppOperation.SendDocument, 3, [])).ToArray();

        IppDecoder.Decode([.. message, 0x01, 0x02], out var length);

        Assert.Equal(message.Length, length);
    }

    [Theory]
    [InlineData("", "nothing")]
    [InlineData("0200000000000001", "no end")]
    [InlineData("020000000000000121000161000400000001" + "03", "an attribute before any group")]
    [InlineData("0200000000000001" + "00" + "03", "a reserved group")]
    [InlineData("0200000000000001" + "01" + "210000000400000001" + "03", "a value without a name")]
    [InlineData("0200000000000001" + "01" + "2100016100030000" + "0103", "an integer of three octets")]
    [InlineData("0200000000000001" + "01" + "220001610001" + "0203", "a boolean of 2")]
    [InlineData("0200000000000001" + "01" + "3100016100" + "0b07ea021d173b3c0920051e03", "a date without direction")]
    [InlineData("0200000000000001" + "01" + "350001610004000500" + "6103", "a language longer than its value")]
    [InlineData("0200000000000001" + "01" + "3500016100050000000062" + "03", "bytes behind text and language")]
    [InlineData("0200000000000001" + "01" + "3400016100" + "00" + "2100000004" + "0000000103", "a member without name")]
    [InlineData("0200000000000001" + "01" + "3400016100" + "00" + "4a0000000162" + "210000000400000001" + "03", "a collection without end")]
    [InlineData("0200000000000001" + "01" + "37000161000003", "an end without a collection")]
    [InlineData("0200000000000001" + "01" + "4400016190000003", "a value longer than any")]
    [InlineData("0200000000000001" + "01" + "440001617fff" + "61", "a value longer than the message")]
    [InlineData("0200000000000001" + "01" + "440002c3a4000003", "a name that is not US-ASCII")]
    public void Decode_WhatIsNoMessage_IsOneTypedFault(string hex, string why)
    {
        var fault = Record.Exception(() => IppDecoder.Decode(Convert.FromHexString(hex)));

        Assert.True(fault is IppException, $"{why}: {fault?.GetType().Name ?? "taken"}");
    }

    [Fact]
    public void Decode_CollectionsTooDeep_AreRefused()
    {
        IppMessage Deep(int depth)
        {
            IppValue value = new IppInteger(IppTag.Integer, 1);
            for (var i = 0; i < depth; i++)
                value = new IppCollection(new IppAttributes([new IppAttribute("m", value)]));
            return new IppMessage(0, 1, [new IppGroup(IppTag.JobAttributes, new IppAttributes([new IppAttribute("c", value)]))]);
        }

        var atLimit = IppEncoder.Encode(Deep(IppLimits.Depth)).ToArray();
        Assert.Equal(Deep(IppLimits.Depth), IppDecoder.Decode(atLimit));
        Assert.Throws<IppException>(() => IppEncoder.Encode(Deep(IppLimits.Depth + 1)));

        // One deeper by hand, and as deep as a message can be.
        byte[] begin = [0x34, 0, 1, (byte)'c', 0, 0];
        byte[] deeper = [0x4A, 0, 0, 0, 1, (byte)'m', 0x34, 0, 0, 0, 0];
        foreach (var depth in (int[])[IppLimits.Depth, IppLimits.MessageBytes / 12])
            Assert.Throws<IppException>(() => IppDecoder.Decode([2, 0, 0, 0, 0, 0, 0, 1, 2, .. begin, .. Enumerable.Repeat(deeper, depth).SelectMany(part => part)]));
    }

    [Fact]
    public void Decode_TooManyOfAnything_IsRefused()
    {
        byte[] head = [2, 0, 0, 0, 0, 0, 0, 1];
        byte[] attribute = [0x13, 0, 1, (byte)'a', 0, 0];
        byte[] value = [0x13, 0, 0, 0, 0];

        Assert.Throws<IppException>(() => IppDecoder.Decode([.. head, .. Enumerable.Repeat((byte)2, IppLimits.Groups + 1), 3]));
        Assert.Throws<IppException>(() => IppDecoder.Decode([.. head, 2, .. Enumerable.Repeat(attribute, IppLimits.Attributes + 1).SelectMany(part => part), 3]));
        Assert.Throws<IppException>(() => IppDecoder.Decode([.. head, 2, .. attribute, .. Enumerable.Repeat(value, IppLimits.Values).SelectMany(part => part), 3]));
        Assert.Throws<IppException>(() => IppDecoder.Decode(new byte[IppLimits.MessageBytes + 1]));
    }

    [Fact]
    public void Encode_WhatCannotBeAMessage_IsRefused()
    {
        void Refused(IppAttribute attribute, IppTag group = IppTag.JobAttributes) => Assert.Throws<IppException>(
            () => IppEncoder.Encode(new IppMessage(0, 1, [new IppGroup(group, new IppAttributes([attribute]))])));

        Refused(new IppAttribute("a", new IppInteger(IppTag.Keyword, 1)));
        Refused(new IppAttribute("a", new IppText(IppTag.Integer, "x")));
        Refused(new IppAttribute("a", new IppText(IppTag.TextWithoutLanguage, new string('x', IppLimits.ValueBytes + 1))));
        Refused(new IppAttribute("", new IppBoolean(true)));
        Refused(new IppAttribute("ä", new IppBoolean(true)));
        Refused(new IppAttribute("a", []));
        Refused(new IppAttribute("a", new IppBoolean(true)), IppTag.EndOfAttributes);
    }

    [Fact]
    public void Messages_AreNoSecretsInText()
    {
        var secret = new IppAttribute("access-oauth-token", new IppOctets(IppTag.OctetString, [.. "secret"u8]));

        Assert.DoesNotContain("secret", $"{secret} {secret.Values[0]} {new IppMessage(7, 1, [new IppGroup(IppTag.OperationAttributes, new IppAttributes([secret]))])}");
    }

    private static string Ascii(string text) => Convert.ToHexString(Encoding.ASCII.GetBytes(text));

    private static byte[] Bytes(params string[] hex) => Convert.FromHexString(string.Concat(hex));
}
