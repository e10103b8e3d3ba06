using System.Text;
using Dwapi.Gotapi.Frames;

namespace Dwapi.Gotapi.Tests.Frames;

public sealed class LinkFrameTests
{
    /// <summary>One frame of every kind with every member set.</summary>
    public static TheoryData<string> Frames =>
    [
        """{"method":"HELLO","edgeId":"ward-3","key":"k","epoch":"e1","acknowledged":7,"name":"Ward 3","product":"Dwapi edge","version":"0.1.0","approval":"automatic"}""",
        """{"method":"WELCOME","product":"Dwapi","version":"0.1.0","receiver":"dwapi","credit":1000,"position":7,"pingInterval":10}""",
        """{"method":"SERVICES","services":[{"serviceId":"ble.AA-BB","name":"Thermo","manufacturer":"ABC","version":"1","type":"BLE","online":false,"scopes":["thermometer"],"profiles":{"health":["thermometer"]},"device":{"productName":"Thermo"}}],"removed":["x"],"complete":true}""",
        """{"method":"EVENTS","items":[{"sequence":1}]}""",
        """{"method":"EVENT","requestCode":10,"result":0,"serviceId":"s","profile":"health","interface":"i","attribute":"heart","accessToken":"t","sequence":5,"intermediate":true,"continuous":true,"heart":{"device":{"batteryLevel":0.5},"rate":{"value":75.0}}}""",
        """{"method":"RESPONSE","requestCode":10,"result":1,"errorCode":16,"errorMessage":"none yet","clientId":"c","accessToken":"t","services":[],"data":[1,2.50,"ä"]}""",
        """{"method":"PING","acknowledged":9}""",
        """{"method":"PONG","position":9}""",
        """{"method":"ACK","sequence":12,"credit":12,"refused":[{"sequence":11,"errorCode":10,"errorMessage":"no"}]}""",
        """{"method":"ERROR","errorCode":11,"errorMessage":"no such edge"}""",
        """{"method":"GET","requestCode":10,"receiver":"dwapi","serviceId":"s","api":"gotapi","profile":"health","interface":"i","attribute":"thermometer","clientId":"c","accessToken":"t","origin":"http://localhost","package":"p","applicationName":"a","scope":"s","parameters":{"nonce":"00"}}""",
        """{"method":"PUT","requestCode":1,"receiver":"r","api":"gotapi","profile":"p","attribute":"a"}""",
        """{"method":"POST","requestCode":1,"receiver":"r","api":"gotapi","profile":"p","attribute":"a"}""",
        """{"method":"DELETE","requestCode":1,"receiver":"r","api":"gotapi","profile":"p","attribute":"a"}""",
    ];

    [Theory, MemberData(nameof(Frames))]
    public void WriteOfRead_EveryKindOfFrame_GivesTheSameBytes(string text) => Assert.Equal(text, Text(LinkFrameWriter.ToUtf8(Read<LinkFrame>(text))));

    [Fact]
    public void TryRead_Services_KeepsTheBytesOfTheDeviceSlice()
    {
        var frame = Read<ServicesFrame>("""{"method":"SERVICES","services":[{"serviceId":"s","name":"n","device":{ "productName" : "Thermo" }}]}""");
        Assert.Equal("""{ "productName" : "Thermo" }""", Text(frame.Services[0].Device));
    }

    [Theory]
    [InlineData("""{"id":"org.example.plugin.12345","name":"n","scopes":["thermometer"]}""", "org.example.plugin.12345")]
    [InlineData("""{"serviceID":"s1","name":"n","scopes":["thermometer"]}""", "s1")]
    public void TryRead_ServiceInTheSpellingOfTheTexts_IsTakenAndItsAttributeDerivedFromTheScope(string service, string id)
    {
        var frame = Read<ResponseFrame>($$"""{"method":"RESPONSE","requestCode":1,"result":0,"services":[{{service}}]}""");
        var announced = Assert.Single(frame.Services!.Value);
        Assert.Equal(id, announced.ServiceId);
        Assert.Equal("thermometer", Assert.Single(announced.HealthAttributes()).Name);
    }

    [Fact]
    public void TryRead_Event_KeepsTheOtherMembersWithTheirDigits()
    {
        var frame = Read<EventFrame>("""{"result":0,"serviceId":"s","heart":{"rate":{"value":36.40}},"method":"EVENT","profile":"health","attribute":"heart"}""");
        Assert.Equal("""{"heart":{"rate":{"value":36.40}}}""", Text(frame.Members));
        Assert.Null(frame.Sequence);
        Assert.False(frame.Intermediate);
        Assert.False(frame.Continuous);
    }

    [Fact]
    public void TryRead_HelloWithoutApproval_IsAPlugInThatIsAsked() =>
        Assert.Equal(PlugInApproval.Ask, Read<HelloFrame>("""{"method":"HELLO","edgeId":"e","key":"k","epoch":"1"}""").Approval);

    [Theory]
    [InlineData("", FrameProblem.NotJson, null)]
    [InlineData("[]", FrameProblem.NotJson, null)]
    [InlineData("{\"method\":\"PING\"", FrameProblem.NotJson, null)]
    [InlineData("{\"method\":\"PING\"} {}", FrameProblem.NotJson, null)]
    [InlineData("""{"method":"PING","acknowledged":1,"acknowledged":2}""", FrameProblem.NotJson, null)]
    [InlineData("""{"method":"HELLO","edgeId":"\ud800","key":"k","epoch":"1"}""", FrameProblem.NotJson, null)]
    [InlineData("""{"method":"EVENTS","items":[}""", FrameProblem.NotJson, null)]
    [InlineData("""{"method":"EVENTS","items":[]}x""", FrameProblem.NotJson, null)]
    [InlineData("""{"method":"HELLO","edgeId":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}}}}}}}}}""", FrameProblem.NotJson, null)]
    [InlineData("{}", FrameProblem.UnknownMethod, "method")]
    [InlineData("""{"method":"ping"}""", FrameProblem.UnknownMethod, "method")]
    [InlineData("""{"method":7}""", FrameProblem.UnknownMethod, "method")]
    [InlineData("""{"method":"EVENTS"}""", FrameProblem.MissingMember, "items")]
    [InlineData("""{"method":"EVENTS","items":{}}""", FrameProblem.InvalidMember, "items")]
    [InlineData("""{"method":"HELLO","edgeId":"e","epoch":"1"}""", FrameProblem.MissingMember, "key")]
    [InlineData("""{"method":"HELLO","edgeId":"","key":"k","epoch":"1"}""", FrameProblem.InvalidMember, "edgeId")]
    [InlineData("""{"method":"HELLO","edgeId":"e","key":"k","epoch":"1","approval":"maybe"}""", FrameProblem.InvalidMember, "approval")]
    [InlineData("""{"method":"HELLO","edgeId":"e","key":"k","epoch":"1","acknowledged":-1}""", FrameProblem.InvalidMember, "acknowledged")]
    [InlineData("""{"method":"HELLO","edgeId":"e","key":"k","epoch":"1","acknowledged":"1"}""", FrameProblem.InvalidMember, "acknowledged")]
    [InlineData("""{"method":"SERVICES","services":[{"serviceId":"a/b","name":"n"}]}""", FrameProblem.InvalidMember, "serviceId")]
    [InlineData("""{"method":"SERVICES","services":[7]}""", FrameProblem.InvalidMember, "services")]
    [InlineData("""{"method":"SERVICES","services":[{"serviceId":"a","name":"n","device":[]}]}""", FrameProblem.InvalidMember, "device")]
    [InlineData("""{"method":"SERVICES","services":[{"serviceId":"a","name":"n","profiles":{"health":"thermometer"}}]}""", FrameProblem.InvalidMember, "profiles")]
    [InlineData("""{"method":"EVENT","serviceId":"s s","profile":"health","attribute":"heart"}""", FrameProblem.InvalidMember, "serviceId")]
    [InlineData("""{"method":"EVENT","serviceId":"s","attribute":"heart"}""", FrameProblem.MissingMember, "profile")]
    [InlineData("""{"method":"RESPONSE","result":0}""", FrameProblem.MissingMember, "requestCode")]
    [InlineData("""{"method":"ACK","sequence":1,"refused":[7]}""", FrameProblem.InvalidMember, "refused")]
    [InlineData("""{"method":"GET","requestCode":0,"profile":"p"}""", FrameProblem.InvalidMember, "requestCode")]
    [InlineData("""{"method":"GET","requestCode":1,"profile":"p","parameters":{"a":1}}""", FrameProblem.InvalidMember, "parameters")]
    public void TryRead_FaultyFrame_IsRefusedWithItsReason(string text, FrameProblem problem, string? member)
    {
        Assert.False(LinkFrameReader.TryRead(Encoding.UTF8.GetBytes(text), out var frame, out var refusal));
        Assert.Null(frame);
        Assert.Equal(new FrameRefusal(problem, member), refusal);
        Assert.NotEmpty(refusal.Message);
    }

    [Fact]
    public void TryRead_NotUtf8_IsRefused()
    {
        byte[] bytes = [.. """{"method":"ERROR","errorCode":1,"errorMessage":" """u8, 0xC3, 0x28, .. "\"}"u8];
        Assert.False(LinkFrameReader.TryRead(bytes, out _, out var refusal));
        Assert.Equal(FrameProblem.NotJson, refusal.Problem);
    }

    [Theory]
    [InlineData("PING", LinkLimits.MaxFrameBytes)]
    [InlineData("EVENTS", LinkLimits.MaxItemsBytes)]
    public void TryRead_FrameOverItsLimit_IsRefusedAsTooLarge(string method, int limit)
    {
        var text = $$"""{"method":"{{method}}","items":[],"x":"{{new string('x', limit)}}"}""";
        Assert.False(LinkFrameReader.TryRead(Encoding.UTF8.GetBytes(text), out _, out var refusal));
        Assert.Equal(FrameProblem.TooLarge, refusal.Problem);
    }

    [Fact]
    public void ToString_FramesWithSecrets_DoNotShowThem()
    {
        LinkFrame[] frames =
        [
            new HelloFrame { EdgeId = "e", Key = "secret", Epoch = "1" },
            new EventFrame { ServiceId = "s", Profile = "p", Attribute = "a", AccessToken = "secret" },
            new ResponseFrame { RequestCode = 1, AccessToken = "secret", ClientId = "secret" },
            RequestFrame.RequestAccessToken(1, "r", "secret", "a", "s") with { AccessToken = "secret" },
        ];
        Assert.All(frames, frame => Assert.DoesNotContain("secret", frame.ToString()));
    }

    [Fact]
    public void TryRead_MutatedFrames_NeverThrows()
    {
        var random = new Random(20151215);
        var originals = Frames.Select(row => Encoding.UTF8.GetBytes(row.Data)).ToArray();
        for (var i = 0; i < 60_000; i++)
        {
            var bytes = (byte[])originals[i % originals.Length].Clone();
            for (var n = random.Next(1, 4); n > 0; n--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var length = random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length;
            if (LinkFrameReader.TryRead(bytes.AsMemory(0, length), out var frame, out var refusal) && frame is EventsFrame events)
            {
                var items = new EventItemReader(events, new Utf8StringCache());
                while (items.MoveNext())
                {
                }
            }

            Assert.Equal(frame is null, refusal.IsRefused);
        }
    }

    private static T Read<T>(string text)
        where T : LinkFrame
    {
        Assert.True(LinkFrameReader.TryRead(Encoding.UTF8.GetBytes(text), out var frame, out var refusal), refusal.ToString());
        return Assert.IsAssignableFrom<T>(frame);
    }

    private static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);
}
