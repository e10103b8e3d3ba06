using System.Security.Cryptography;
using System.Text;
using Dwapi.Grains.Tests.Runtime;
using Dwapi.WebApi.Tests.Hosting;

namespace Dwapi.WebApi.Tests.Gotapi;

/// <summary>GotAPI-2 and what a token is good for (gotapi-1.1 6.1 to 6.3, section 10).</summary>
public sealed class AuthorizationTests(SharedHost shared)
{
    private GotapiHost Host => shared.Host;

    [Fact]
    public async Task Availability_NeedsNothing_SaysProductAndVersion()
    {
        using var application = new Application(Host);
        var reply = await application.Get("/gotapi/availability?accessToken=stale");
        Assert.Equal(["product", "version", "result"], reply.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(0, reply.Json.GetProperty("result").GetInt32());
    }

    [Theory]
    [InlineData("/gotapi/AUTHORIZATION/GRANT")]
    [InlineData("/gotapi/authorization/grant?accessToken=stale.token")]
    [InlineData("/gotapi/get/authorization/grant")]
    public async Task Grant_AnySpelling_GivesAClientId(string path)
    {
        using var application = new Application(Host);
        Assert.NotEqual("", (await application.Get(path)).String("clientId"));
    }

    [Fact]
    public async Task AccessToken_Given_SaysScopesWithPeriodsAndEarliestExpiry()
    {
        using var application = new Application(Host);
        var clientId = (await application.Get("/gotapi/authorization/grant")).String("clientId");
        var reply = await application.Get($"/gotapi/authorization/accesstoken?clientId={clientId}&scope=Health,serviceDiscovery");
        Assert.StartsWith(clientId + ".", reply.String("accessToken"), StringComparison.Ordinal);
        var scopes = reply.Json.GetProperty("scopes").EnumerateArray().ToArray();
        Assert.Equal(["health", "servicediscovery"], scopes.Select(scope => scope.GetProperty("scope").GetString()));
        Assert.All(scopes, scope => Assert.Equal(180 * 86400, scope.GetProperty("expirePeriod").GetInt64()));
        Assert.Equal(Host.Clock.Now.AddDays(180).ToUnixTimeMilliseconds(), reply.Json.GetProperty("expire").GetInt64());
    }

    [Fact]
    public async Task Shall02_TokenFromAnotherOrigin_Is15()
    {
        using var application = await Application.WithAccess(Host);
        using var other = new Application(Host, Application.OtherOrigin);
        Assert.Equal(15, (await other.Get($"/gotapi/serviceDiscovery?accessToken={application.Token}")).Error);
        Assert.Equal(0, (await application.Read("serviceDiscovery")).Error);
    }

    [Theory]
    [InlineData("serviceDiscovery")]
    [InlineData("serviceInformation")]
    [InlineData("system")]
    [InlineData("health/heart")]
    [InlineData("light/onoff")]
    [InlineData("nothing")]
    public async Task Shall03_EveryProfileButTwo_NeedsAToken(string path)
    {
        using var application = new Application(Host);
        Assert.Equal(13, (await application.Get("/gotapi/" + path)).Error);
    }

    [Theory]
    [InlineData("serviceDiscovery", "servicediscovery")]
    [InlineData("serviceInformation", "serviceinformation")]
    [InlineData("system", "system")]
    [InlineData("health/heart", "health")]
    [InlineData("light/onoff", "light")]
    public async Task Shall03_Scope_IsCheckedPerProfile(string path, string scope)
    {
        using var with = await Application.WithAccess(Host, scope);
        Assert.NotEqual(14, (await with.Read(path)).Error);
        using var without = await Application.WithAccess(Host, "foreign");
        Assert.Equal(14, (await without.Read(path)).Error);
    }

    [Fact]
    public async Task Shall04_TokenRequest_WaitsForADecisionThatShowsNameOriginAndScopes()
    {
        using var application = new Application(Host, "https://unknown.example");
        var clientId = (await application.Get("/gotapi/authorization/grant")).String("clientId");
        var asking = application.Get($"/gotapi/authorization/accessToken?clientId={clientId}&scope=health,heart&applicationName=Ward%20board");
        var pending = await Eventually.Is(() => Host.Session(clientId).GetPendingApproval(), pending => pending is not null);
        Assert.Equal(("Ward board", "https://unknown.example"), (pending!.ApplicationName, pending.Origin));
        Assert.Equal(["health", "heart"], pending.Scopes);
        Assert.False(asking.IsCompleted);
        await Host.Session(clientId).Decide(pending.ApprovalId, approve: true);
        Assert.NotEqual("", (await asking).String("accessToken"));
    }

    [Fact]
    public async Task Shall04_NoApplicationName_ShowsTheOrigin()
    {
        using var application = new Application(Host, "https://unknown.example");
        var clientId = (await application.Get("/gotapi/authorization/grant")).String("clientId");
        var asking = application.Get($"/gotapi/authorization/accessToken?clientId={clientId}&scope=health");
        var pending = await Eventually.Is(() => Host.Session(clientId).GetPendingApproval(), pending => pending is not null);
        Assert.Equal("https://unknown.example", pending!.ApplicationName);
        await Host.Session(clientId).Decide(pending.ApprovalId, approve: false);
        await asking;
    }

    [Fact]
    public async Task Shall05_RevokedClient_IsSeenAfterTheCacheTime()
    {
        await using var host = await GotapiHost.Start(("Gotapi:SessionCacheTime", "00:00:02"));
        using var application = await Application.WithAccess(host);
        Assert.Equal(0, (await application.Read("serviceDiscovery")).Error);
        var clients = await host.ApplicationGrain(Application.DefaultOrigin).GetClients();
        Assert.Contains(clients, client => client.ClientId == application.ClientId);
        Assert.True(await host.ApplicationGrain(Application.DefaultOrigin).Revoke(application.ClientId));
        host.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(15, (await application.Read("serviceDiscovery")).Error);
    }

    [Fact]
    public async Task Shall09_Token_IsRandomAndOnlyItsHashIsKept()
    {
        using var first = await Application.WithAccess(Host);
        using var second = await Application.WithAccess(Host);
        Assert.NotEqual(first.Token, second.Token);
        Assert.True(first.Token[(first.ClientId.Length + 1)..].Length * 6 >= 128);
        var snapshot = await Host.Session(first.ClientId).GetSession();
        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(first.Token)), snapshot!.TokenHash.ToArray());
    }

    [Theory]
    [InlineData("Bearer ")]
    [InlineData("bearer ")]
    public async Task Shall17_BearerHeader_IsATokenToo(string scheme)
    {
        using var application = await Application.WithAccess(Host);
        var reply = await application.Send(HttpMethod.Get, "/gotapi/serviceDiscovery", null, ("Authorization", scheme + application.Token));
        Assert.Equal(0, reply.Error);
    }

    [Fact]
    public async Task Decision01_NewGrant_VoidsNoClientOfTheOrigin()
    {
        using var first = await Application.WithAccess(Host);
        using var second = await Application.WithAccess(Host);
        Assert.NotEqual(first.ClientId, second.ClientId);
        Assert.Equal(0, (await first.Read("serviceDiscovery")).Error);
        Assert.Equal(0, (await second.Read("serviceDiscovery")).Error);
    }

    [Fact]
    public async Task Decision01_OneClientPerOrigin_ANewGrantVoidsTheOld()
    {
        await using var host = await GotapiHost.Start(("Gotapi:OneClientPerOrigin", "true"));
        using var first = await Application.WithAccess(host);
        using var second = await Application.WithAccess(host);
        host.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(15, (await first.Read("serviceDiscovery")).Error);
        Assert.Equal(0, (await second.Read("serviceDiscovery")).Error);
    }

    [Fact]
    public async Task Shall15_ClientLimit_TheLeastRecentlyUsedGoes()
    {
        await using var host = await GotapiHost.Start(("Gotapi:ClientsPerOrigin", "2"));
        using var first = await Application.WithAccess(host);
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        using var second = await Application.WithAccess(host);
        using var third = await Application.WithAccess(host);
        Assert.Equal(15, (await first.Read("serviceDiscovery")).Error);
        Assert.Equal(0, (await third.Read("serviceDiscovery")).Error);
    }

    [Fact]
    public async Task NewTokenOfTheSameClient_ReplacesTheOldAtOnce()
    {
        using var application = await Application.WithAccess(Host);
        Assert.Equal(0, (await application.Read("serviceDiscovery")).Error);
        var old = application.Token;
        var reply = await application.Get($"/gotapi/authorization/accessToken?clientId={application.ClientId}&scope=servicediscovery");
        Assert.Equal(0, (await application.Get("/gotapi/serviceDiscovery?accessToken=" + reply.String("accessToken"))).Error);
        Assert.Equal(15, (await application.Get("/gotapi/serviceDiscovery?accessToken=" + old)).Error);
    }

    [Theory]
    [InlineData("all")]
    [InlineData("*")]
    public async Task Decision03_Wildcard_WithoutPolicyIs11AndNamesTheSetting(string scope)
    {
        using var application = new Application(Host);
        var clientId = (await application.Get("/gotapi/authorization/grant")).String("clientId");
        var reply = await application.Get($"/gotapi/authorization/accessToken?clientId={clientId}&scope={scope}");
        Assert.Equal(11, reply.Error);
        Assert.Contains("AllowWildcard", reply.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decision03_Wildcard_WithPolicyOpensEverything()
    {
        await using var host = await GotapiHost.Start(("Gotapi:Approvals:0:AllowWildcard", "true"));
        using var application = await Application.WithAccess(host, "all");
        Assert.Equal(0, (await application.Read("serviceDiscovery")).Error);
        Assert.Equal(0, (await application.Read("system")).Error);
    }

    [Fact]
    public async Task Shall14_Log_HasNoTokenKeyOrValue()
    {
        await using var host = await GotapiHost.Start();
        var edge = await TestEdge.Connect(host);
        var device = await edge.AddHealth(Dwapi.Gotapi.Health.HealthAttributes.Thermometer);
        await device.Measure("39.87");
        using var application = new Application(host);
        await application.Get("/gotapi/availability?key=00112233445566778899aabbccddeeff");
        await application.GetAccess();
        await using var socket = await TestSocket.Connect(application);
        await application.Put(device.Path, device.Query);
        await socket.Next();
        await application.Read(device.Path, device.Query + "&accessToken=wrong.token");
        foreach (var secret in new[] { application.Token, application.Token[(application.ClientId.Length + 1)..], "00112233445566778899aabbccddeeff", "39.87" })
        {
            Assert.DoesNotContain(secret, host.Log.All, StringComparison.Ordinal);
        }
    }
}
