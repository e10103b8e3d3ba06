using Dwapi.Grains.Edges;
using Dwapi.Grains.Tests.Runtime;

namespace Dwapi.Grains.Tests.Edges;

public sealed class EdgeLinkTests : IAsyncLifetime
{
    private GrainHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await GrainHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Decision29_Connect_WithTheEnrolledKey_IsAccepted()
    {
        var edge = await ConnectedEdge.Connect(_host);

        var status = await edge.Grain.GetStatus();

        Assert.True(status is { Enrolled: true, Enabled: true, Connected: true, Name: "Ward 3", Product: "dwapi-edge", Version: "0.1" });
    }

    [Theory]
    [InlineData("t.edge.wrong")]
    [InlineData("")]
    public async Task Decision29_Connect_WithAnotherKey_IsRefusedWithError15(string key)
    {
        await _host.TenantGrain.EnrolEdge("edge", "edge");

        Assert.Equal(15, (await Connect("edge", key)).ErrorCode);
    }

    [Fact]
    public async Task Decision29_Connect_OfAnEdgeThatWasNeverEnrolled_IsRefusedWithError15()
    {
        var empty = Some.Hello("x") with { KeyHash = default };

        Assert.Equal(15, (await _host.Edge("nobody").Connect(empty, Reference(), "link")).ErrorCode);
    }

    [Fact]
    public async Task Decision29_EnrolEdge_Again_VoidsTheOldKeyAndClosesItsLink()
    {
        var edge = await ConnectedEdge.Connect(_host);

        var key = await _host.TenantGrain.EnrolEdge("edge", "edge");

        Assert.Equal(15, await edge.Link.Closed());
        Assert.Equal(15, (await Connect("edge", edge.Key)).ErrorCode);
        Assert.Equal(0, (await Connect("edge", key)).ErrorCode);
    }

    [Fact]
    public async Task RemoveEdge_VoidsTheKeyClosesTheLinkAndRemovesItsServices()
    {
        var edge = await ConnectedEdge.Connect(_host);
        await edge.Announce(Some.Service());

        Assert.True(await _host.TenantGrain.RemoveEdge("edge"));

        Assert.Equal(15, await edge.Link.Closed());
        Assert.Equal(15, (await Connect("edge", edge.Key)).ErrorCode);
        Assert.Null((await _host.Device("dev").GetLatest(Some.Thermometer)).Registration);
        Assert.False((await _host.Edge("edge").GetStatus()).Enrolled);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task ClockSetByAnHour_KeepsTheLinkAndStillFindsASilentOne(int hours)
    {
        var edge = await ConnectedEdge.Connect(_host);

        _host.Clock.Set(TimeSpan.FromHours(hours));
        Assert.True((await edge.Grain.GetStatus()).Connected);

        _host.Clock.Advance(TimeSpan.FromSeconds(15));
        Assert.False((await edge.Grain.GetStatus()).Connected);
    }

    [Fact]
    public async Task Decision04_SetEnabled_False_ClosesTheLinkAndRefusesWith21()
    {
        var edge = await ConnectedEdge.Connect(_host);

        await edge.Grain.SetEnabled(false);

        Assert.Equal(21, await edge.Link.Closed());
        Assert.Equal(21, (await Connect("edge", edge.Key)).ErrorCode);
        Assert.Equal(21, (await edge.Grain.Call(Some.Call, CancellationToken.None)).ErrorCode);
        await edge.Grain.SetEnabled(true);
        Assert.Equal(0, (await Connect("edge", edge.Key)).ErrorCode);
    }

    [Fact]
    public async Task Decision21_Connect_WhileAnOlderLinkIsThere_ClosesTheOlderOne()
    {
        var edge = await ConnectedEdge.Connect(_host);

        Assert.Equal(0, (await Connect("edge", edge.Key, "newer")).ErrorCode);

        Assert.Equal(22, await edge.Link.Closed());
        Assert.False(await edge.Grain.Renew(edge.LinkId));
        Assert.True(await edge.Grain.Renew("newer"));
    }

    [Fact]
    public async Task Decision21_Disconnect_OfAnOlderLink_LeavesTheNewerOne()
    {
        var edge = await ConnectedEdge.Connect(_host);
        await Connect("edge", edge.Key, "newer");

        await edge.Grain.Disconnect(edge.LinkId);

        Assert.True((await edge.Grain.GetStatus()).Connected);
    }

    [Fact]
    public async Task Decision21_SilenceOf15Seconds_MeansLinkDown()
    {
        var edge = await ConnectedEdge.Connect(_host);

        _host.Clock.Advance(TimeSpan.FromSeconds(14));
        var before = (await edge.Grain.GetStatus()).Connected;
        _host.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(before);
        Assert.False((await edge.Grain.GetStatus()).Connected);
    }

    [Fact]
    public async Task Decision21_Renew_KeepsTheLinkUp()
    {
        var edge = await ConnectedEdge.Connect(_host);

        for (var i = 0; i < 4; i++)
        {
            _host.Clock.Advance(TimeSpan.FromSeconds(10));
            Assert.True(await edge.Grain.Renew(edge.LinkId));
        }

        Assert.True((await edge.Grain.GetStatus()).Connected);
    }

    [Fact]
    public async Task Decision14_Connect_PrunesAcknowledgedPositionsAndReturnsTheDurableOnesAbove()
    {
        var key = await _host.TenantGrain.EnrolEdge("edge", "edge");
        await _host.Store.Append(
            new("t", "dev", "edge", "epoch", [Some.Item(3), Some.Item(4), Some.Item(6)], []), CancellationToken.None);

        var result = await _host.Edge("edge").Connect(Some.Hello(key, acknowledged: 3), Reference(), "link");

        Assert.Equal([4, 6], result.Committed);
        Assert.Contains(("edge", "epoch", 3L), _host.Store.Pruned);
    }

    [Fact]
    public async Task Decision14_Prune_ForgetsAcknowledgedPositions()
    {
        var edge = await ConnectedEdge.Connect(_host);

        await edge.Grain.Prune("epoch", 17);

        Assert.Contains(("edge", "epoch", 17L), _host.Store.Pruned);
    }

    private Task<ConnectResult> Connect(string edgeId, string key, string linkId = "link") =>
        _host.Edge(edgeId).Connect(Some.Hello(key), Reference(), linkId);

    private IEdgeLink Reference()
    {
        _links.Add(new ProbeLink());
        return _host.Client.CreateObjectReference<IEdgeLink>(_links[^1]);
    }

    private readonly List<ProbeLink> _links = [];
}
