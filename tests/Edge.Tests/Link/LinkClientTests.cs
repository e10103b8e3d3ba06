using Dwapi.Edge.Link;
using Dwapi.Edge.Tests.Support;
using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Frames;

namespace Dwapi.Edge.Tests.Link;

public sealed class LinkClientTests
{
    [Fact]
    public async Task Connect_SaysHelloFirst_ThenServices_ThenItems()
    {
        await using var edge = await LinkFixture.CreateAsync();
        edge.Announce();
        await edge.SendAsync(0x2A1C, "00 6C 01 00 FF");
        edge.Start();
        var link = await edge.Server.NextAsync();

        var hello = await link.ExpectAsync<HelloFrame>();
        await link.WelcomeAsync(credit: 10);
        var services = await link.ExpectAsync<ServicesFrame>();
        var item = Assert.Single(await link.ItemsAsync());

        Assert.Equal(("edge-1", "a key", edge.Outbox.Epoch, 0L, PlugInApproval.Automatic), (hello.EdgeId, hello.Key, hello.Epoch, hello.Acknowledged, hello.Approval));
        Assert.True(services.Complete);
        Assert.Equal((LinkFixture.Thermometer, "Thermo One", true), (services.Services.Single().ServiceId, services.Services.Single().Name, services.Services.Single().Online));
        Assert.Equal((1L, LinkFixture.Thermometer, "health", "thermometer"), (item.Sequence, item.ServiceId, item.Profile, item.Attribute));
        await edge.WaitAsync(LinkState.Up);
    }

    [Fact]
    public async Task Send_NewDeviceWhileUp_AnnouncesItBeforeItsItems()
    {
        await using var edge = await LinkFixture.CreateAsync();
        edge.Start();
        var link = await edge.Server.GreetAsync();

        edge.Announce();
        await edge.SendAsync(0x2A1C, "00 6C 01 00 FF");

        var announced = await link.ExpectAsync<ServicesFrame>();
        Assert.Equal(LinkFixture.Thermometer, announced.Services.Single().ServiceId);
        Assert.False(announced.Complete);
        Assert.Single(await link.ItemsAsync());
    }

    [Fact]
    public async Task Send_CreditUsedUp_WaitsForAck()
    {
        await using var edge = await LinkFixture.CreateAsync();
        await edge.AppendAsync("a", 10);
        edge.Start();
        var link = await edge.Server.GreetAsync(credit: 3);

        var first = await link.ItemsAsync(3);
        await link.BarrierAsync();
        await link.SendAsync(new AckFrame { Sequence = 3, Credit = 2 });
        var second = await link.ItemsAsync(2);
        await link.BarrierAsync();

        Assert.Equal([1, 2, 3, 4, 5], first.Concat(second).Select(item => item.Sequence));
    }

    [Fact]
    public async Task Send_LargeBacklog_KeepsToTheLimitsOfAFrame()
    {
        await using var edge = await LinkFixture.CreateAsync();
        await edge.AppendAsync("a", 2500);
        edge.Start();
        var link = await edge.Server.GreetAsync();

        List<EventItem> items = [];
        while (items.Count < 2500)
        {
            var frame = await link.ExpectAsync<EventsFrame>();
            Assert.InRange(frame.Items.Length, 1, LinkLimits.MaxItemsBytes);
            var batch = link.Items(frame);
            Assert.InRange(batch.Count, 1, LinkLimits.MaxItems);
            items.AddRange(batch);
            await link.SendAsync(new AckFrame { Sequence = batch[^1].Sequence, Credit = batch.Count });
        }

        Assert.Equal(Enumerable.Range(1, 2500).Select(i => (long)i), items.Select(item => item.Sequence));
    }

    [Fact]
    public async Task Ack_RemovesFromOutbox()
    {
        await using var edge = await LinkFixture.CreateAsync();
        await edge.AppendAsync("a", 5);
        edge.Start();
        var link = await edge.Server.GreetAsync();
        await link.ItemsAsync(5);

        await link.SendAsync(new AckFrame { Sequence = 5, Credit = 5 });

        await edge.Outbox.WaitUntilEmptyAsync(Patience.Token);
        Assert.Equal(0, edge.Outbox.Status().Waiting);
    }

    [Fact]
    public async Task Ack_WithRefusedItem_CountsItAndGoesOn()
    {
        await using var edge = await LinkFixture.CreateAsync();
        await edge.AppendAsync("a", 3);
        edge.Start();
        var link = await edge.Server.GreetAsync();
        await link.ItemsAsync(3);

        await link.SendAsync(new AckFrame { Sequence = 3, Credit = 3, Refused = [new RefusedItem(2, 10, "not valid")] });

        await edge.Outbox.WaitUntilEmptyAsync(Patience.Token);
        Assert.Equal((0, 1), (edge.Outbox.Status().Waiting, edge.Outbox.Status().Refused));
    }

    [Fact]
    public async Task Reconnect_AckWasLost_SendsEverythingNotAcknowledgedAgain()
    {
        await using var edge = await LinkFixture.CreateAsync();
        await edge.AppendAsync("a", 5);
        edge.Start();
        var first = await edge.Server.GreetAsync();
        var before = await first.ItemsAsync(5);

        first.Abort();
        var second = await edge.Server.GreetAsync();

        Assert.Equal(before.Select(item => item.Sequence), (await second.ItemsAsync(5)).Select(item => item.Sequence));
    }

    [Fact]
    public async Task Reconnect_WelcomeTellsPosition_SendsOnlyWhatIsAboveIt()
    {
        await using var edge = await LinkFixture.CreateAsync();
        await edge.AppendAsync("a", 5);
        edge.Start();
        var first = await edge.Server.GreetAsync();
        await first.ItemsAsync(5);

        first.Abort();
        var second = await edge.Server.GreetAsync(position: 3);

        Assert.Equal([4, 5], (await second.ItemsAsync(2)).Select(item => item.Sequence));
        Assert.Equal(3, edge.Outbox.Acknowledged);
    }

    [Fact]
    public async Task Connect_ItemsOfADeviceThatIsNotThere_AnnouncesItOffline()
    {
        await using var edge = await LinkFixture.CreateAsync();
        var gone = new ServiceAnnouncement { ServiceId = "gone", Name = "Gone", Scopes = ["weight"] };
        await edge.Outbox.DescribeAsync(gone);
        await edge.AppendAsync("gone", 1);
        edge.Start();
        var link = await edge.Server.NextAsync();
        await link.ExpectAsync<HelloFrame>();
        await link.WelcomeAsync(credit: 10);

        var service = Assert.Single((await link.ExpectAsync<ServicesFrame>()).Services);

        Assert.Equal(("gone", "Gone", false), (service.ServiceId, service.Name, service.Online));
        Assert.Single(await link.ItemsAsync());
    }

    [Fact]
    public async Task Connect_KeyIsRefused_SaysSoAndTriesAgain()
    {
        await using var edge = await LinkFixture.CreateAsync();
        edge.Start();
        var link = await edge.Server.NextAsync();
        await link.ExpectAsync<HelloFrame>();

        await link.SendAsync(new ErrorFrame(GotapiErrors.NotFoundClientId.Code, "The key is not one of this edge."));

        var status = await edge.WaitAsync(LinkState.Refused);
        Assert.Contains("The key is not one of this edge", status.Reason, StringComparison.Ordinal);
        await (await edge.Server.NextAsync()).ExpectAsync<HelloFrame>();
    }

    [Fact]
    public async Task Connect_ServerHoldsMoreThanWasEverNumbered_RefusesToGoOn()
    {
        await using var edge = await LinkFixture.CreateAsync();
        await edge.AppendAsync("a", 1);
        edge.Start();
        var link = await edge.Server.NextAsync();
        await link.ExpectAsync<HelloFrame>();

        await link.WelcomeAsync(credit: 10, position: 7);

        var status = await edge.WaitAsync(LinkState.Refused);
        Assert.Contains("old copy", status.Reason, StringComparison.Ordinal);
        Assert.Equal(0, edge.Outbox.Acknowledged);
    }

    [Fact]
    public async Task Battery_Unchanged_IsNoNewsOfTheService()
    {
        await using var edge = await LinkFixture.CreateAsync();
        edge.Announce();
        await edge.SendAsync(0x2A19, "33");

        var changed = edge.Catalog.Changed;
        await edge.SendAsync(0x2A19, "33");
        Assert.False(changed.IsCompleted);
        await edge.SendAsync(0x2A19, "32");
        Assert.True(changed.IsCompleted);
    }

    [Fact]
    public async Task Intermediate_GoesOutLive_AndNeverIntoTheOutbox()
    {
        await using var edge = await LinkFixture.CreateAsync();
        edge.Announce();
        edge.Start();
        var link = await edge.Server.GreetAsync();

        await edge.SendAsync(0x2A1E, "00 15 00 00 00");

        var live = await link.ExpectAsync<EventFrame>();
        Assert.Equal((true, LinkFixture.Thermometer, "thermometer", null), (live.Intermediate, live.ServiceId, live.Attribute, live.Sequence));
        Assert.Equal(0, edge.Outbox.Last);
    }

    [Fact]
    public async Task Stop_WhileUp_SaysGoodbye()
    {
        await using var edge = await LinkFixture.CreateAsync();
        edge.Start();
        var link = await edge.Server.GreetAsync();

        await edge.StopAsync();

        await link.ExpectCloseAsync();
        Assert.Equal(LinkState.Stopped, edge.Observer.Status.State);
    }
}
