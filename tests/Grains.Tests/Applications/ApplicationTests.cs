using Dwapi.Grains.Applications;
using Dwapi.Grains.Tests.Runtime;

namespace Dwapi.Grains.Tests.Applications;

public sealed class ApplicationTests
{
    [Fact]
    public async Task Decision01_Grant_OfASecondWorkstation_VoidsNothing()
    {
        await using var host = await GrainHost.Start(ApprovedClient.Policy);
        var first = await host.Approved();

        var second = await host.Approved();

        Assert.NotEqual(first, second);
        Assert.NotEmpty((await host.Session(first).GetSession())!.Scopes);
        Assert.Equal(2, (await host.Application().GetClients()).Length);
    }

    [Fact]
    public async Task Decision01_Grant_AtTheLimit_DropsTheNeverApprovedFirst()
    {
        await using var host = await Limited();
        var approved = await host.Approved();
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        var never = await host.Grant();

        var third = await host.Grant();

        Assert.Null(await host.Session(never).GetSession());
        Assert.NotNull(await host.Session(approved).GetSession());
        Assert.NotNull(await host.Session(third).GetSession());
    }

    [Fact]
    public async Task Decision01_Grant_AtTheLimit_DropsTheLeastRecentlyUsed()
    {
        await using var host = await Limited();
        var older = await host.Approved();
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var newer = await host.Approved();
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.Session(older).Touch();
        await Eventually.Is(
            () => host.Application().GetClients(), clients => clients.Single(client => client.ClientId == older).LastUsed == host.Clock.Now);

        await host.Grant();

        Assert.NotNull(await host.Session(older).GetSession());
        Assert.Null(await host.Session(newer).GetSession());
    }

    [Fact]
    public async Task Decision01_Grant_AtTheLimit_NeverDropsOneWithALiveSocket()
    {
        await using var host = await Limited();
        var connected = await host.Approved();
        await host.Attach(connected, "socket");
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        var idle = await host.Approved();

        await host.Grant();

        Assert.NotNull(await host.Session(connected).GetSession());
        Assert.Null(await host.Session(idle).GetSession());
    }

    [Fact]
    public async Task Decision01_Grant_WhenAllHaveALiveSocket_IsError11()
    {
        await using var host = await Limited();
        await host.Attach(await host.Approved(), "a");
        await host.Attach(await host.Approved(), "b");

        var grant = await host.Application().Grant(new GrantRequest("10.0.0.1"));

        Assert.Equal(("", 11), (grant.ClientId, grant.ErrorCode));
    }

    [Fact]
    public async Task Decision01_Grant_WhenASocketFellSilent_DropsItsClient()
    {
        await using var host = await Limited();
        await host.Attach(await host.Approved(), "a");
        await host.Attach(await host.Approved(), "b");

        host.Clock.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(0, (await host.Application().Grant(new GrantRequest("10.0.0.1"))).ErrorCode);
    }

    [Fact]
    public async Task Decision01_GrantNotApprovedWithin10Minutes_IsDropped()
    {
        await using var host = await GrainHost.Start();
        var clientId = await host.Grant();
        host.Clock.Jump(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        var before = await host.Session(clientId).GetSession();
        host.Clock.Advance(TimeSpan.FromTicks(1));

        Assert.NotNull(before);
        Assert.Null(await host.Session(clientId).GetSession());
        Assert.Equal(11, (await host.Ask(clientId)).ErrorCode);
        Assert.Empty(await host.Application().GetClients());
        Assert.Empty(await host.TenantGrain.GetApplications());
    }

    [Fact]
    public async Task Decision01_ClientUnusedFor30Days_IsDropped()
    {
        await using var host = await GrainHost.Start(ApprovedClient.Policy);
        var clientId = await host.Approved();
        host.Clock.Jump(TimeSpan.FromDays(29));
        await host.Session(clientId).Touch();
        await Eventually.Is(() => host.Application().GetClients(), clients => clients.Single().LastUsed == host.Clock.Now);
        host.Clock.Jump(TimeSpan.FromDays(29));
        var used = await host.Session(clientId).GetSession();
        host.Clock.Jump(TimeSpan.FromDays(1));

        Assert.NotNull(used);
        Assert.Null(await host.Session(clientId).GetSession());
        Assert.Empty(await host.Application().GetClients());
    }

    [Fact]
    public async Task Decision01_OneClientPerOrigin_DeletesTheOthersOfTheOriginOnly()
    {
        await using var host = await GrainHost.Start(("Gotapi:OneClientPerOrigin", "true"));
        var first = await host.Grant();
        var other = await host.Grant("https://school.example");

        var second = await host.Grant();

        Assert.Null(await host.Session(first).GetSession());
        Assert.NotNull(await host.Session(second).GetSession());
        Assert.NotNull(await host.Session(other).GetSession());
    }

    [Fact]
    public async Task Decision01_OfferedKeys_AreBoundInOrderOfArrivalByRemoteAddress()
    {
        await using var host = await GrainHost.Start();
        await host.Application().OfferKey("10.0.0.1", new HmacKey("aa", Ascii: true));
        await host.Application().OfferKey("10.0.0.2", new HmacKey("bb", Ascii: true));
        await host.Application().OfferKey("10.0.0.1", new HmacKey("cc", Ascii: true));

        var first = await host.Application().Grant(new GrantRequest("10.0.0.1"));
        var second = await host.Application().Grant(new GrantRequest("10.0.0.1"));
        var third = await host.Application().Grant(new GrantRequest("10.0.0.1"));

        Assert.Equal(["aa", "cc", null], new[] { first, second, third }.Select(grant => grant.Key?.Text));
        Assert.Equal("aa", (await host.Session(first.ClientId).GetSession())!.Key!.Text);
    }

    [Fact]
    public async Task Decision01_OfferedKey_LapsesAfter10Minutes()
    {
        await using var host = await GrainHost.Start();
        await host.Application().OfferKey("10.0.0.1", new HmacKey("aa", Ascii: true));

        host.Clock.Jump(TimeSpan.FromMinutes(10));

        Assert.Null((await host.Application().Grant(new GrantRequest("10.0.0.1"))).Key);
    }

    [Fact]
    public async Task Decision01_OfferedKeys_AreBounded()
    {
        await using var host = await GrainHost.Start();
        for (var i = 0; i <= OfferedKeys.Maximum; i++)
            await host.Application().OfferKey($"{i}", new HmacKey($"{i}", Ascii: true));

        Assert.Null((await host.Application().Grant(new GrantRequest("0"))).Key);
        Assert.Equal("1", (await host.Application().Grant(new GrantRequest("1"))).Key?.Text);
    }

    [Fact]
    public async Task Decision07_OriginKey_IsUsedInItsDecodedFormUntilAnEmptyOneDeletesIt()
    {
        await using var host = await GrainHost.Start();

        await host.Application().SetOriginKey(new HmacKey("00ff", Ascii: true));
        var set = await host.Application().GetOriginKey();
        await host.Application().SetOriginKey(new HmacKey("", Ascii: false));

        Assert.Equal(new HmacKey("00ff", Ascii: false), set);
        Assert.Null(await host.Application().GetOriginKey());
    }

    [Fact]
    public async Task Revoke_EndsTheSessionAndClosesItsSocket()
    {
        await using var host = await GrainHost.Start(ApprovedClient.Policy);
        var clientId = await host.Approved();
        var (socket, _) = await host.Attach(clientId, "socket");

        Assert.True(await host.Application().Revoke(clientId));

        Assert.Equal("close", await socket.Next());
        Assert.Null(await host.Session(clientId).GetSession());
        Assert.Empty(await host.Application().GetClients());
        Assert.Empty(await host.TenantGrain.GetApplications());
        Assert.False(await host.Application().Revoke(clientId));
    }

    [Fact]
    public async Task GetClients_ShowsWhatTheOperatorNeeds()
    {
        await using var host = await GrainHost.Start(ApprovedClient.Policy);
        var clientId = await host.Approved();
        await host.Attach(clientId, "socket");

        var client = Assert.Single(await host.Application().GetClients());

        Assert.True(client is { Approved: true, Connected: true, ApplicationName: "Ward board", Origin: GrainHost.Origin });
        Assert.Equal(["health"], client.Scopes);
        Assert.Equal(host.Clock.Now.AddDays(180), client.Expires);
        Assert.Equal([GrainHost.Origin], await host.TenantGrain.GetApplications());
    }

    [Fact]
    public async Task GetClients_AfterASocketFellSilent_DoesNotSayConnected()
    {
        await using var host = await GrainHost.Start(ApprovedClient.Policy);
        await host.Attach(await host.Approved(), "socket");

        host.Clock.Advance(TimeSpan.FromSeconds(15));

        Assert.False(Assert.Single(await host.Application().GetClients()).Connected);
    }

    private static Task<GrainHost> Limited() => GrainHost.Start([.. ApprovedClient.Policy, ("Gotapi:ClientsPerOrigin", "2")]);
}
