using Dwapi.Grains.Edges;
using Dwapi.Grains.Tests.Runtime;

namespace Dwapi.Grains.Tests.Edges;

public sealed class EdgeServicesTests : IAsyncLifetime
{
    private GrainHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await GrainHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Announce_TellsTheDeviceAndGivesItTheEdge()
    {
        var edge = await ConnectedEdge.Connect(_host);

        await edge.Announce(Some.Service());

        Assert.Equal("edge", (await _host.Device("dev").GetLatest(Some.Thermometer)).Registration!.EdgeId);
    }

    [Fact]
    public async Task Announce_OfAnOldLink_IsIgnored()
    {
        var edge = await ConnectedEdge.Connect(_host);

        await edge.Grain.Announce("old", [Some.Service()], [], complete: true);

        Assert.Null((await _host.Device("dev").GetLatest(Some.Thermometer)).Registration);
    }

    [Fact]
    public async Task Announce_Complete_RemovesTheOthers()
    {
        var edge = await ConnectedEdge.Connect(_host);
        await edge.Announce(Some.Service("a"), Some.Service("b"));

        await edge.Grain.Announce(edge.LinkId, [Some.Service("b")], [], complete: true);

        Assert.Null((await _host.Device("a").GetLatest(Some.Thermometer)).Registration);
        Assert.NotNull((await _host.Device("b").GetLatest(Some.Thermometer)).Registration);
    }

    [Fact]
    public async Task Announce_OfMoreThanAreToldAtOnce_TellsAll()
    {
        var edge = await ConnectedEdge.Connect(_host);

        await edge.Announce([.. Enumerable.Range(0, 200).Select(i => Some.Service($"dev{i:D3}"))]);

        Assert.NotNull((await _host.Device("dev199").GetLatest(Some.Thermometer)).Registration);
        Assert.NotNull((await _host.Device("dev064").GetLatest(Some.Thermometer)).Registration);
    }

    [Fact]
    public async Task Decision04_GetServices_OnlineIsAnnouncedOnlineAndLinkUp()
    {
        var edge = await ConnectedEdge.Connect(_host);
        await edge.Announce(Some.Service("off", online: false), Some.Service("on"));

        var up = await edge.Grain.GetServices("", 10, CancellationToken.None);
        await edge.Grain.Disconnect(edge.LinkId);
        var down = await edge.Grain.GetServices("", 10, CancellationToken.None);

        Assert.Equal([("off", false), ("on", true)], up.Services.Select(service => (service.ServiceId, service.Online)));
        Assert.Equal([("off", false), ("on", false)], down.Services.Select(service => (service.ServiceId, service.Online)));
    }

    [Fact]
    public async Task Decision04_GetServices_OfSeveralAnnouncers_IsListedOnceByTheLatestAndOnlineIfAnyIs()
    {
        var first = await ConnectedEdge.Connect(_host, "first");
        var second = await ConnectedEdge.Connect(_host, "second");
        await first.Announce(Some.Service());
        await second.Announce(Some.Service());
        await second.Grain.Disconnect(second.LinkId);

        var viaFirst = await first.Grain.GetServices("", 10, CancellationToken.None);
        var viaSecond = await second.Grain.GetServices("", 10, CancellationToken.None);

        Assert.Empty(viaFirst.Services);
        Assert.True(Assert.Single(viaSecond.Services).Online);
        await first.Grain.Disconnect(first.LinkId);
        Assert.False(Assert.Single((await second.Grain.GetServices("", 10, CancellationToken.None)).Services).Online);
    }

    [Fact]
    public async Task Decision09_GetServices_IsPagedByServiceId()
    {
        var edge = await ConnectedEdge.Connect(_host);
        await edge.Announce(Some.Service("c"), Some.Service("a"), Some.Service("b"));

        var page = await edge.Grain.GetServices("", 2, CancellationToken.None);
        var rest = await edge.Grain.GetServices("b", 2, CancellationToken.None);

        Assert.Equal(["a", "b"], page.Services.Select(service => service.ServiceId));
        Assert.True(page.More);
        Assert.Equal(["c"], rest.Services.Select(service => service.ServiceId));
        Assert.False(rest.More);
    }

    [Fact]
    public async Task Announce_PublishesEachChange()
    {
        var edge = await ConnectedEdge.Connect(_host);
        var changes = await Changes();

        await edge.Announce(Some.Service());
        var added = Assert.Single((await changes.Next()).Changes);
        await edge.Grain.Announce(edge.LinkId, [], ["dev"], complete: false);
        var removed = Assert.Single((await changes.Next()).Changes);

        Assert.True(added is { Present: true, Service: { ServiceId: "dev", Online: true } });
        Assert.True(removed is { Present: false, Service: { ServiceId: "dev", Online: false } });
    }

    [Fact]
    public async Task Decision21_LinkThatFallsSilent_PublishesItsServicesAsOfflineAndWithTheNextLinkAsOnline()
    {
        var edge = await ConnectedEdge.Connect(_host);
        await edge.Announce(Some.Service("on"));
        var changes = await Changes();

        for (var looks = 0; looks < 3; looks++)
        {
            await _host.Clock.IsAwaited(_host.Clock.Now.AddSeconds(5));
            _host.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        var down = (await changes.Next(page => !page.Changes[0].Service.Online)).Changes[0];
        await edge.Grain.Connect(Some.Hello(edge.Key), _host.Client.CreateObjectReference<IEdgeLink>(edge.Link), "next");
        var up = (await changes.Next()).Changes[0];

        Assert.True(down is { Present: true, Service.ServiceId: "on" });
        Assert.True(up is { Present: true, Service: { ServiceId: "on", Online: true } });
    }

    [Fact]
    public async Task LinkDown_OfAnEarlierAnnouncer_PublishesTheServiceThatWasOnlineByItOnly()
    {
        var first = await ConnectedEdge.Connect(_host, "first");
        var second = await ConnectedEdge.Connect(_host, "second");
        await first.Announce(Some.Service());
        await second.Announce(Some.Service());
        var changes = await Changes();
        await second.Grain.Disconnect(second.LinkId);

        await first.Grain.Disconnect(first.LinkId);
        var down = (await changes.Next(page => !page.Changes[0].Service.Online)).Changes[0];

        Assert.True(down is { Present: true, Service: { ServiceId: "dev", Online: false } });
    }

    private Task<Received<ServiceChangePage>> Changes() => _host.Subscribe<ServiceChangePage>(Streams.Services, GrainHost.Tenant);
}
