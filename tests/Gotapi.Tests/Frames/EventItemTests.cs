using System.Buffers;
using System.Text;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Health;

namespace Dwapi.Gotapi.Tests.Frames;

public sealed class EventItemTests
{
    private const string Good =
        """{"sequence":3,"serviceId":"s","profile":"health","attribute":"heart","receivedAt":1431856940275,"stamped":true,"batteryLevel":0.5,"quantities":{"rate":{}}}""";

    [Fact]
    public void Read_WrittenItem_GivesEveryMemberAndTheBytesOfTheSlices()
    {
        var identity = MeasurementIdentity.Of(0x2A1C, [1, 2, 3]);
        var item = Item("ble.1", identity, "0.51", """{"temperature":{"value":36.40}}""");
        var writer = new EventsFrameWriter();
        Assert.True(writer.TryAdd(41, item));
        Assert.True(writer.TryAdd(42, item));

        var items = ReadAll(writer.End(), out var refusal);

        Assert.Equal(default, refusal);
        Assert.Equal([41, 42], items.Select(i => i.Sequence));
        Assert.All(items, i =>
        {
            Assert.Equal(("ble.1", "health", "thermometer", 1431856940275, true), (i.ServiceId, i.Profile, i.Attribute, i.ReceivedAt, i.Stamped));
            Assert.Equal(identity, i.Identity);
            Assert.Equal("0.51", Encoding.UTF8.GetString(i.BatteryLevel.Span));
            Assert.Equal("""{"temperature":{"value":36.40}}""", Encoding.UTF8.GetString(i.Quantities.Span));
            Assert.Equal(default, i.Refusal);
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_WrittenItem_IsContinuousIfItWasWrittenSo(bool continuous)
    {
        var writer = new EventsFrameWriter();
        Assert.True(writer.TryAdd(1, Item("ble.1", null, "0.51", "{}", continuous)));

        var item = Assert.Single(ReadAll(writer.End(), out _));

        Assert.Equal((default, continuous, "0.51"), (item.Refusal, item.Continuous, Encoding.UTF8.GetString(item.BatteryLevel.Span)));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("\"continuous\":false,", false)]
    [InlineData("\"continuous\": true ,", true)]
    public void Read_ItemOfAnotherWriter_SaysWhetherItIsContinuous(string member, bool continuous)
    {
        var item = Assert.Single(ReadAll(Frame(Good.Replace("\"stamped\"", member + "\"stamped\"")), out _));

        Assert.Equal((default, continuous), (item.Refusal, item.Continuous));
    }

    [Fact]
    public void Read_ItemWithoutIdentity_HasNone() =>
        Assert.Null(Assert.Single(ReadAll(Frame(Good), out _)).Identity);

    [Theory]
    [InlineData("\"serviceId\":\"s\",", "", FrameProblem.MissingMember, "serviceId")]
    [InlineData("\"profile\":\"health\",", "", FrameProblem.MissingMember, "profile")]
    [InlineData("\"attribute\":\"heart\",", "", FrameProblem.MissingMember, "attribute")]
    [InlineData("\"receivedAt\":1431856940275,", "", FrameProblem.MissingMember, "receivedAt")]
    [InlineData("\"batteryLevel\":0.5,", "", FrameProblem.MissingMember, "batteryLevel")]
    [InlineData(",\"quantities\":{\"rate\":{}}", "", FrameProblem.MissingMember, "quantities")]
    [InlineData("\"s\"", "\"a b\"", FrameProblem.InvalidMember, "serviceId")]
    [InlineData("\"s\"", "7", FrameProblem.InvalidMember, "serviceId")]
    [InlineData("1431856940275", "-1", FrameProblem.InvalidMember, "receivedAt")]
    [InlineData("true", "1", FrameProblem.InvalidMember, "stamped")]
    [InlineData("0.5", "0.5,\"continuous\":1", FrameProblem.InvalidMember, "continuous")]
    [InlineData("0.5", "1.5", FrameProblem.InvalidMember, "batteryLevel")]
    [InlineData("0.5", "\"0.5\"", FrameProblem.InvalidMember, "batteryLevel")]
    [InlineData("0.5", "0.5,\"identity\":\"00\"", FrameProblem.InvalidMember, "identity")]
    [InlineData("{\"rate\":{}}", "[]", FrameProblem.InvalidMember, "quantities")]
    public void Read_FaultyItem_RefusesTheItemAndGoesOn(string old, string now, FrameProblem problem, string member)
    {
        var items = ReadAll(Frame(Good.Replace(old, now), Good), out var refusal);
        Assert.Equal(default, refusal);
        Assert.Equal([new FrameRefusal(problem, member), default], items.Select(i => i.Refusal));
    }

    [Theory]
    [InlineData("\"sequence\":3,", "")]
    [InlineData("\"sequence\":3,", "\"sequence\":0,")]
    [InlineData("\"stamped\":true", "\"stamped\":true,\"stamped\":true")]
    [InlineData("\"stamped\":true", "\"continuous\":true,\"continuous\":true")]
    [InlineData(Good, "7")]
    public void Read_ItemThatCannotBeNamed_EndsTheFrame(string old, string now)
    {
        var items = ReadAll(Frame(Good, Good.Replace(old, now), Good), out var refusal);
        Assert.Single(items);
        Assert.True(refusal.IsRefused);
    }

    [Fact]
    public void Read_MoreItemsThanTheLimit_EndsTheFrame()
    {
        var items = ReadAll(Frame([.. Enumerable.Repeat("""{"sequence":3}""", LinkLimits.MaxItems + 1)]), out var refusal);
        Assert.Equal(LinkLimits.MaxItems, items.Count);
        Assert.Equal(new FrameRefusal(FrameProblem.TooLarge, "items"), refusal);
    }

    [Fact]
    public void Read_QuantitiesOverTheLimit_RefusesTheItem()
    {
        var large = Good.Replace("{\"rate\":{}}", $$"""{"x":"{{new string('x', LinkLimits.MaxQuantitiesBytes)}}"}""");
        Assert.Equal(new FrameRefusal(FrameProblem.InvalidMember, "quantities"), Assert.Single(ReadAll(Frame(large), out _)).Refusal);
    }

    [Fact]
    public void TryAdd_FullFrame_IsRefusedAtItemsAndAtBytes()
    {
        var writer = new EventsFrameWriter();
        var small = Item("s", null, "-1.0", "{}");
        for (var i = 1; i <= LinkLimits.MaxItems; i++)
            Assert.True(writer.TryAdd(i, small));
        Assert.False(writer.TryAdd(LinkLimits.MaxItems + 1, small));

        writer.Clear();
        var large = Item("s", null, "-1.0", $$"""{"x":"{{new string('x', 10_000)}}"}""");
        while (writer.TryAdd(long.MaxValue, large))
        {
        }

        var frame = writer.End();
        Assert.InRange(frame.Length, LinkLimits.MaxItemsBytes - large.Length - 64, LinkLimits.MaxItemsBytes);
        Assert.Equal(writer.Count, ReadAll(frame, out _).Count);
    }

    private static byte[] Item(string serviceId, MeasurementIdentity? identity, string battery, string quantities, bool continuous = false)
    {
        var output = new ArrayBufferWriter<byte>();
        EventItemWriter.Write(
            output, serviceId, "health", "thermometer", 1431856940275, true, identity, Encoding.UTF8.GetBytes(battery), Encoding.UTF8.GetBytes(quantities),
            continuous);
        return output.WrittenSpan.ToArray();
    }

    private static ReadOnlyMemory<byte> Frame(params string[] items) =>
        Encoding.UTF8.GetBytes($$"""{"method":"EVENTS","items":[{{string.Join(',', items)}}]}""");

    private static List<EventItem> ReadAll(ReadOnlyMemory<byte> bytes, out FrameRefusal refusal)
    {
        Assert.True(LinkFrameReader.TryRead(bytes, out var frame, out refusal), refusal.ToString());
        var reader = new EventItemReader(Assert.IsType<EventsFrame>(frame), new Utf8StringCache());
        var items = new List<EventItem>();
        while (reader.MoveNext())
            items.Add(reader.Current);
        refusal = reader.Refusal;
        return items;
    }
}
