using Dwapi.Edge.Mdns;

namespace Dwapi.Edge.Tests.Mdns;

/// <summary>Messages of anybody: read, or refused by the one typed fault.</summary>
public sealed class DnsReaderTests
{
    private static readonly string[] Octo = ["_octoprint", "_tcp", "local"];

    [Fact]
    public void Response_WithCompressedNames_IsRead()
    {
        // The second name points at the first one's end, the third at the second: to what comes before, as encoders do.
        var message = new DnsMessage().Name(Octo).Record(12, data => data.Raw(3).Raw("A.b"u8.ToArray()).Raw(0xC0, 12));
        var instance = 12 + 23 + 10;
        message.Raw(0xC0, (byte)instance).Record(33, data => data.Raw(0, 0, 0, 0, 0, 80).Raw(2).Raw("pi"u8.ToArray()).Raw(0xC0, 28));
        message.Raw(0xC0, (byte)instance).Record(16, data => data.Raw(6).Raw("path=/"u8.ToArray()).Raw(4).Raw("Flag"u8.ToArray()).Raw(0).Raw(6).Raw("PATH=x"u8.ToArray()));
        message.Name("pi", "local").Record(1, data => data.Raw(10, 0, 0, 7));
        message.Name("pi", "local").Record(99, data => data.Raw(1, 2, 3));

        var records = DnsReader.Read(message.Bytes);

        var pointer = Assert.IsType<DnsRecord.Pointer>(records[0]);
        Assert.Equal(["A.b", "_octoprint", "_tcp", "local"], pointer.Target.Labels);
        Assert.True(pointer.Target.IsInstanceOf(DnsName.Parse("_OctoPrint._tcp.local.")));
        Assert.Equal((pointer.Target, 80, DnsName.Parse("PI.local")), Assert.IsType<DnsRecord.Service>(records[1]) is var place ? (place.Name, place.Port, place.Host) : default);
        var attributes = Assert.IsType<DnsRecord.Attributes>(records[2]).Values;
        Assert.Equal(("/", "", 2), (attributes["path"], attributes["flag"], attributes.Count));
        Assert.Equal("10.0.0.7", Assert.IsType<DnsRecord.Address>(records[3]).Ip.ToString());
        Assert.Equal(4, records.Count);
    }

    [Theory]
    [InlineData(0x0000)]
    [InlineData(0x8403)]
    [InlineData(0xA000)]
    public void Message_ThatIsNoGoodResponse_SaysNothing(int flags) =>
        Assert.Empty(DnsReader.Read(new DnsMessage().Pointer(Octo, ["x", .. Octo]).Header(flags, 0, 1).Bytes));

    public static TheoryData<string, byte[]> Malformed => new()
    {
        { "itself", new DnsMessage().Header(0x8400, 0, 1).Raw(0xC0, 12).Bytes },
        { "in a circle", new DnsMessage().Header(0x8400, 0, 1).Raw(0xC0, 14, 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0).Bytes },
        { "in a circle with labels", new DnsMessage().Header(0x8400, 1, 1).Raw(1, 65, 0xC0, 12, 0, 1, 0, 1).Bytes },
        { "into the header", new DnsMessage().Header(0x8400, 0, 1).Raw(0xC0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0).Bytes },
        { "behind the end", new DnsMessage().Header(0x8400, 0, 1).Raw(0xFF, 0xFF).Bytes },
        { "half a pointer", new DnsMessage().Header(0x8400, 0, 1).Raw(0xC0).Bytes },
        { "unknown label", new DnsMessage().Header(0x8400, 0, 1).Raw(0x80, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0).Bytes },
        { "no UTF-8", new DnsMessage().Header(0x8400, 0, 1).Raw(1, 0xFF, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0).Bytes },
        { "long name", new DnsMessage().Name([.. Enumerable.Repeat(new string('a', 63), 5)]).Record(1, data => data.Raw(1, 2, 3, 4)).Bytes },
        { "record behind the end", new DnsMessage().Header(0x8400, 0, 1).Raw(0, 0, 1, 0, 1, 0, 0, 0, 0, 0xFF, 0xFF).Bytes },
        { "address of three", new DnsMessage().Name("a").Record(1, data => data.Raw(1, 2, 3)).Bytes },
        { "attribute behind its record", new DnsMessage().Name("a").Record(16, data => data.Raw(9, 65)).Raw(0, 0, 0, 0, 0, 0, 0, 0, 0, 0).Bytes },
        { "name behind its record", new DnsMessage().Name("a").Record(12, data => data.Raw(9)).Raw(65, 65, 65, 65, 65, 65, 65, 65, 65, 0).Bytes },
        { "more records than there are", new DnsMessage().Header(0x8400, 0, 2).Bytes },
        { "more records than anybody has", new DnsMessage().Header(0x8400, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF).Bytes },
        { "short", [0, 0, 0x84] },
        { "long", new byte[9001] },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Message_ThatIsMalformed_IsRefused(string why, byte[] message)
    {
        Assert.NotEmpty(why);
        Assert.Throws<MdnsFormatException>(() => DnsReader.Read(message));
    }

    [Fact]
    public void Message_OfManyPointersToOneName_TakesNoTimeAndNoRoom()
    {
        // As large as a message can be, each record with the longest name there is by a pointer.
        var message = new DnsMessage().Name(new string('a', 63), new string('b', 63), new string('c', 63), new string('d', 60)).Record(99, _ => { });
        while (message.Length < 8900)
            message.Raw(0xC0, 12).Record(12, data => data.Raw(0xC0, 12));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var refused = Assert.Throws<MdnsFormatException>(() => DnsReader.Read(message.Bytes));

        Assert.Contains("512 records", refused.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Message_CutOrDamagedAnywhere_IsReadOrRefusedAndNothingElse()
    {
        var whole = new DnsMessage().Pointer(Octo, ["x", .. Octo]).Service(["x", .. Octo], 80, ["pi", "local"]).Text(["x", .. Octo], "path=/a", "v=1").Address(["pi", "local"], "10.0.0.7").Bytes;
        Assert.Equal(4, DnsReader.Read(whole).Count);
        var random = new Random(5);
        for (var i = 0; i < 20_000; i++)
        {
            var message = i < whole.Length ? whole[..i] : whole.ToArray();
            for (var j = i < whole.Length ? 0 : random.Next(1, 6); j > 0; j--)
                message[random.Next(message.Length)] = random.Next(3) == 0 ? (byte)0xC0 : (byte)random.Next(256);
            try
            {
                Assert.True(DnsReader.Read(message).Count <= 4);
            }
            catch (MdnsFormatException)
            {
                Assert.True(i > 0 || message.Length == 0);
            }
        }
    }

    [Fact]
    public void Findings_AreLimitedWhateverIsAnnounced()
    {
        var service = DnsName.Parse("_octoprint._tcp.local");
        var findings = new MdnsFindings([service]);
        for (var i = 0; i < 1000; i++)
        {
            string[] instance = [$"p{i}", .. Octo];
            findings.Take(DnsReader.Read(new DnsMessage().Pointer(Octo, instance).Service(instance, 80, ["h", "local"]).Address(["h", "local"], $"10.0.{i / 250}.{i % 250}").Bytes));
            findings.Take(DnsReader.Read(new DnsMessage().Address([$"other{i}", "local"], "10.0.0.1").Bytes));
        }

        Assert.Equal(200, findings.Instances().Count);
        Assert.Equal(8, findings.Instances()[0].Addresses.Length);
        Assert.InRange(findings.Missing().Count, 1, 40);
    }
}
