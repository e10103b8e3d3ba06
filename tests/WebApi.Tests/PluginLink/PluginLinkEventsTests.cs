using System.Text;
using Dwapi.Gotapi.Frames;
using Dwapi.Grains.Devices;

namespace Dwapi.WebApi.Tests.PluginLink;

/// <summary>Measurements on the link: to the device, acknowledged, refused, repeated.</summary>
public sealed class PluginLinkEventsTests(LinkHost host) : IClassFixture<LinkHost>
{
    [Fact]
    public async Task Events_OfAnAnnouncedService_AreStoredByteForByteAndAcknowledged_Decision10()
    {
        await using var client = await ConnectAsync("ev-store", "ev-store.t1");

        await client.SendAsync(LinkFrames.Events((1, "ev-store.t1", LinkFrames.Quantities(364))));
        var acks = await client.AcknowledgedAsync(1);

        var latest = (await host.Device("ev-store.t1").GetLatest("thermometer")).Latest!;
        Assert.Equal(LinkFrames.Quantities(364)[1..^1], Encoding.UTF8.GetString(latest.Quantities.Span));
        Assert.Equal("0.75", Encoding.UTF8.GetString(latest.BatteryLevel.Span));
        Assert.Equal(1, acks.Sum(ack => ack.Credit));
    }

    [Fact]
    public async Task Events_SentAgain_AreAcknowledgedAndStoredOnce_Decision14()
    {
        await using var client = await ConnectAsync("ev-again", "ev-again.t1");
        await client.SendAsync(LinkFrames.Events((1, "ev-again.t1"), (2, "ev-again.t1")));
        await client.AcknowledgedAsync(2);

        await client.SendAsync(LinkFrames.Events((1, "ev-again.t1"), (2, "ev-again.t1"), (3, "ev-again.t1")));
        await client.AcknowledgedAsync(3);

        Assert.Equal(3, (await HistoryAsync("ev-again.t1")).Length);
    }

    [Fact]
    public async Task Hello_AfterALostAck_IsToldThePositionOfWhatIsDurable_Decision14()
    {
        await using (var client = await ConnectAsync("ev-lost", "ev-lost.t1"))
        {
            await client.SendAsync(LinkFrames.Events((1, "ev-lost.t1"), (2, "ev-lost.t1"), (4, "ev-lost.t1")));
            await client.AcknowledgedAsync(2);
            await host.UntilAsync(async () => (await HistoryAsync("ev-lost.t1")).Length == 3);
        }

        await using var again = await LinkClient.HelloAsync(host.Address, "ev-lost", host.KeyOf("ev-lost"), acknowledged: 1);
        Assert.Equal(2, (await again.ReceiveAsync<WelcomeFrame>()).Position);
        await again.SendAsync(LinkFrames.Events((3, "ev-lost.t1")));
        await again.AcknowledgedAsync(4);
        Assert.Equal(4, (await HistoryAsync("ev-lost.t1")).Length);
    }

    [Fact]
    public async Task Events_OneThatFailsTheSchema_IsRefusedByNameAndTheOthersGoOn_Decision14()
    {
        await using var client = await ConnectAsync("ev-refuse", "ev-refuse.t1");

        await client.SendAsync(LinkFrames.Events(
            (1, "ev-refuse.t1", LinkFrames.Quantities(364)),
            (2, "ev-refuse.t1", """{"pulse":1}"""),
            (3, "ev-refuse.t1", LinkFrames.Quantities(365))));
        var acks = await client.AcknowledgedAsync(3);

        var refused = Assert.Single(acks.SelectMany(ack => ack.Refused));
        Assert.Equal((2, 10), (refused.Sequence, refused.ErrorCode));
        Assert.Contains("temperature", refused.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(3, acks.Sum(ack => ack.Credit));
        Assert.Equal(2, (await HistoryAsync("ev-refuse.t1")).Length);
    }

    [Fact]
    public async Task Events_OfAServiceThatNobodyAnnounced_AreRefusedWithError6()
    {
        await using var client = await ConnectAsync("ev-unknown", "ev-unknown.t1");

        await client.SendAsync(LinkFrames.Events((1, "ev-unknown.other")));
        var refused = Assert.Single((await client.AcknowledgedAsync(1)).SelectMany(ack => ack.Refused));

        Assert.Equal(6, refused.ErrorCode);
    }

    [Fact]
    public async Task Events_OfOneSlowDevice_DoNotHoldUpTheOthers_Decision15()
    {
        await using var client = await ConnectAsync("ev-slow", "ev-slow.slow", "ev-slow.quick");
        var gate = host.Store.Hold("ev-slow.slow");

        await client.SendAsync(LinkFrames.Events((1, "ev-slow.slow")));
        await gate.Entered;
        await client.SendAsync(LinkFrames.Events((2, "ev-slow.quick"), (3, "ev-slow.quick")));

        // One ACK for both, or one for each.
        var credit = 0;
        while (credit < 2)
        {
            var ack = await client.ReceiveAsync<AckFrame>();
            Assert.Equal(0, ack.Sequence);
            credit += ack.Credit;
        }

        Assert.Equal(2, credit);
        Assert.Equal(2, (await HistoryAsync("ev-slow.quick")).Length);
        gate.Open();
        await client.AcknowledgedAsync(3);
    }

    [Fact]
    public async Task Events_ThatTheStoreDidNotTake_AreRepeatedUntilItDoes_Decision13()
    {
        await using var client = await ConnectAsync("ev-repeat", "ev-repeat.t1");
        host.Store.Fail("ev-repeat.t1", times: 2);

        await client.SendAsync(LinkFrames.Events((1, "ev-repeat.t1")));
        await client.AcknowledgedAsync(1);

        Assert.Single(await HistoryAsync("ev-repeat.t1"));
    }

    [Fact]
    public async Task Events_ThatTheStoreNeverTakes_EndTheLinkUnacknowledgedAndComeAgain_Decision14()
    {
        var client = await ConnectAsync("ev-never", "ev-never.t1");
        host.Store.Fail("ev-never.t1", times: int.MaxValue);
        await client.SendAsync(LinkFrames.Events((1, "ev-never.t1")));

        Assert.Equal(17, (await client.ReceiveAsync<ErrorFrame>()).ErrorCode);
        Assert.Null(await client.ReceiveAsync());
        await client.DisposeAsync();

        host.Store.Fail("ev-never.t1", times: 0);
        await using var again = await LinkClient.HelloAsync(host.Address, "ev-never", host.KeyOf("ev-never"));
        Assert.Equal(0, (await again.ReceiveAsync<WelcomeFrame>()).Position);
        await again.SendAsync(LinkFrames.Events((1, "ev-never.t1")));
        await again.AcknowledgedAsync(1);
    }

    [Fact]
    public async Task Event_InTheShapeOfTheTextsWithoutSequence_IsSplitAndStored_Decision10()
    {
        await using var client = await ConnectAsync("ev-ts", "ev-ts.t1");

        await client.SendAsync(Ts("ev-ts.t1", ""));
        await host.UntilAsync(async () => (await host.Device("ev-ts.t1").GetLatest("thermometer")).Latest is not null);

        var latest = (await host.Device("ev-ts.t1").GetLatest("thermometer")).Latest!;
        Assert.Equal("0.5", Encoding.UTF8.GetString(latest.BatteryLevel.Span));
        Assert.Contains("\"mderFloat\":\"FF00016C\"", Encoding.UTF8.GetString(latest.Quantities.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Event_WithSequence_IsAcknowledged_Decision14()
    {
        await using var client = await ConnectAsync("ev-tsn", "ev-tsn.t1");

        await client.SendAsync(Ts("ev-tsn.t1", "\"sequence\":1,"));

        Assert.Equal(1, (await client.AcknowledgedAsync(1)).Sum(ack => ack.Credit));
    }

    [Fact]
    public async Task Event_Intermediate_IsNeitherLatestNorHistory_Decision18()
    {
        await using var client = await ConnectAsync("ev-mid", "ev-mid.t1");

        await client.SendAsync(Ts("ev-mid.t1", "\"intermediate\":true,"));
        await client.SendAsync(LinkFrames.Events((1, "ev-mid.t1", LinkFrames.Quantities(371))));
        await client.AcknowledgedAsync(1);

        Assert.Single(await HistoryAsync("ev-mid.t1"));
    }

    [Fact]
    public async Task Continuous_OfEitherFrame_IsStoredSo_AndWhoSaysNothingOfItIsSingle_Decision19()
    {
        await using var client = await ConnectAsync("ev-on", "ev-on.t1");

        // An item of an older edge says nothing: the second and the last.
        await client.SendAsync(Marked((1, "true"), (2, null), (3, "false")));
        await client.SendAsync(Ts("ev-on.t1", "\"sequence\":4,\"continuous\":true,"));
        await client.SendAsync(Ts("ev-on.t1", "\"sequence\":5,"));
        await client.SendAsync(Marked((6, null)));
        await client.AcknowledgedAsync(6);

        // No other test of this host marks any.
        Assert.Equal(2, await host.Store.Retain(LinkHost.Tenant, "thermometer", true, LinkFrames.Time + 1, default));
        Assert.Equal([2, 3, 5, 6], (await HistoryAsync("ev-on.t1")).Select(measurement => measurement.Sequence));

        static byte[] Marked(params (long Sequence, string? Continuous)[] items) => Encoding.UTF8.GetBytes(
            $$"""{"method":"EVENTS","items":[{{string.Join(',', items.Select(Item))}}]}""");

        static string Item((long Sequence, string? Continuous) item) =>
            Encoding.UTF8.GetString(LinkFrames.Events((item.Sequence, "ev-on.t1")))["{\"method\":\"EVENTS\",\"items\":[".Length..^2]
                .Replace("\"stamped\"", item.Continuous is { } said ? $"\"continuous\":{said},\"stamped\"" : "\"stamped\"", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Event_IntermediateCuffPressure_NeedsNoResult_Decision18()
    {
        await using var client = await ConnectAsync("ev-cuff", "ev-cuff.t1");
        var cuff = Ts("ev-cuff.t1", "\"intermediate\":true,").Replace("thermometer", "bloodPressure", StringComparison.Ordinal)
            .Replace("\"temperature\":", "\"cuffPressure\":", StringComparison.Ordinal);

        // An event without a number that is refused ends the link.
        await client.SendAsync(cuff);
        await client.SendAsync(LinkFrames.Events((1, "ev-cuff.t1")));
        await client.AcknowledgedAsync(1);
        await client.SendAsync(cuff.Replace("\"intermediate\":true,", "", StringComparison.Ordinal));

        Assert.Contains("systolic", (await client.ReceiveAsync<ErrorFrame>()).ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_MoreThanTheCredit_EndTheLink()
    {
        await using var client = await ConnectAsync("ev-credit", "ev-credit.t1");
        var gate = host.Store.Hold("ev-credit.t1");
        for (var frame = 0; frame < 40; frame++)
        {
            await client.SendAsync(LinkFrames.Events(Enumerable.Range(1 + (frame * 100), 100).Select(i => ((long)i, "ev-credit.t1"))));
        }

        await client.SendAsync(LinkFrames.Events((4_001, "ev-credit.t1")));

        Assert.Contains("credit", (await client.ReceiveAsync<ErrorFrame>()).ErrorMessage, StringComparison.Ordinal);
        gate.Open();
    }

    [Fact]
    public async Task Ping_AfterAnAcknowledgement_IsAnsweredWithThePosition_Decision14()
    {
        await using var client = await ConnectAsync("ev-ping", "ev-ping.t1");
        await client.SendAsync(LinkFrames.Events((1, "ev-ping.t1"), (2, "ev-ping.t1")));
        await client.AcknowledgedAsync(2);

        await client.SendAsync(new PingFrame(2));

        Assert.Equal(2, (await client.ReceiveAsync<PongFrame>()).Position);
    }

    private static string Ts(string serviceId, string more)
    {
        // As plug-ins written to the texts spell it: mdrFloat, no timeStampByPlugIn.
        var quantities = LinkFrames.Quantities(364).Replace("mderFloat", "mdrFloat", StringComparison.Ordinal)[1..^1];
        return $$$"""{"method":"EVENT","requestCode":1,"result":0,{{{more}}}"serviceId":"{{{serviceId}}}","profile":"health","attribute":"thermometer","thermometer":{"device":{"batteryLevel":0.5},{{{quantities}}}}}""";
    }

    private async Task<LinkClient> ConnectAsync(string edgeId, params string[] services)
    {
        var client = await LinkClient.HelloAsync(host.Address, edgeId, await host.EnrolAsync(edgeId));
        await client.ReceiveAsync<WelcomeFrame>();
        await client.SendAsync(LinkFrames.Services(services));
        return client;
    }

    private async Task<Measurement[]> HistoryAsync(string serviceId) =>
        [.. (await host.Device(serviceId).GetHistory(new HistoryQuery("thermometer", 0, long.MaxValue, false, "", 1_000), default)).Measurements];
}
