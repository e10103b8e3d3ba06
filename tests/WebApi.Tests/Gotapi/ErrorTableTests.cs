using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Health;
using Dwapi.WebApi.Tests.Hosting;

namespace Dwapi.WebApi.Tests.Gotapi;

/// <summary>Every row of the error table that a server sends (gotapi-1.1 section 5).</summary>
public sealed class ErrorTableTests(SharedHost shared)
{
    private GotapiHost Host => shared.Host;

    [Theory]
    [InlineData("PATCH")]
    [InlineData("HEAD")]
    [InlineData("TRACE")]
    public async Task Error01_MethodOutsideGotapi_Is501(string method)
    {
        using var application = new Application(Host);
        var reply = await application.Send(new HttpMethod(method), "/gotapi/availability");
        Assert.Equal(501, reply.Status);
        if (method != "HEAD")
        {
            Assert.Equal(1, reply.Error);
        }
    }

    [Fact]
    public async Task Error02_ProfileThatTheServiceDoesNotHave_Is2()
    {
        var light = await shared.Edge.AddForeign("light", "onoff");
        using var application = await Application.WithAccess(Host);
        Assert.Equal(2, (await application.Read("health/heart", "serviceId=" + light)).Error);
        var thermometer = await shared.Edge.AddHealth(HealthAttributes.Thermometer);
        Assert.Equal(2, (await application.Read("light/onoff", thermometer.Query)).Error);
    }

    [Theory]
    [InlineData("POST", "health/thermometer")]
    [InlineData("PUT", "serviceDiscovery")]
    [InlineData("GET", "serviceDiscovery/onServiceChange")]
    [InlineData("DELETE", "serviceInformation")]
    [InlineData("POST", "system")]
    [InlineData("GET", "system/events")]
    [InlineData("GET", "system/keyword")]
    [InlineData("GET", "system/device/wakeup")]
    [InlineData("PUT", "availability")]
    [InlineData("POST", "authorization/grant")]
    [InlineData("DELETE", "authorization/accessToken")]
    public async Task Error03_MethodNotDefinedForTheAttribute_Is3(string method, string path)
    {
        var device = await shared.Edge.AddHealth(HealthAttributes.Thermometer);
        using var application = await Application.WithAccess(Host);
        Assert.Equal(3, (await application.Call(new HttpMethod(method), path, device.Query)).Error);
    }

    [Fact]
    public async Task Error04_AttributeThatTheServiceDoesNotOffer_Is4()
    {
        var device = await shared.Edge.AddHealth(HealthAttributes.Thermometer);
        using var application = await Application.WithAccess(Host);
        Assert.Equal(4, (await application.Read("health/heart", device.Query)).Error);
    }

    [Theory]
    [InlineData("health/thermometer", "")]
    [InlineData("health/thermometer", "serviceId=")]
    [InlineData("serviceInformation", "")]
    [InlineData("light/onoff", "")]
    public async Task Error05_NoServiceId_Is5(string path, string query)
    {
        using var application = await Application.WithAccess(Host);
        Assert.Equal(5, (await application.Read(path, query)).Error);
    }

    [Theory]
    [InlineData("health/thermometer", "nobody")]
    [InlineData("health/thermometer", "not%2Fan%2Fid")]
    [InlineData("serviceInformation", "nobody")]
    [InlineData("light/onoff", "nobody")]
    public async Task Error06_NoSuchService_Is6(string path, string serviceId)
    {
        using var application = await Application.WithAccess(Host);
        Assert.Equal(6, (await application.Read(path, "serviceId=" + serviceId)).Error);
    }

    [Fact]
    public async Task Error06_RemovedService_Is6()
    {
        var device = await shared.Edge.AddHealth(HealthAttributes.Thermometer);
        await shared.Edge.Remove(device.ServiceId);
        using var application = await Application.WithAccess(Host);
        Assert.Equal(6, (await application.Read(device.Path, device.Query)).Error);
    }

    [Fact]
    public async Task Error07_NobodyDecidesInTime_Is7WithEmptyToken()
    {
        await using var host = await GotapiHost.Start();
        using var application = new Application(host, "https://unknown.example");
        var clientId = (await application.Get("/gotapi/authorization/grant")).String("clientId");
        var asking = application.Get($"/gotapi/authorization/accessToken?clientId={clientId}&scope=health");
        var waiting = await Dwapi.Grains.Tests.Runtime.Eventually.Is(() => host.Session(clientId).GetPendingApproval(), pending => pending is not null);
        await host.Clock.IsAwaited(waiting!.Deadline);
        host.Clock.Advance(TimeSpan.FromSeconds(55));
        var reply = await asking;
        Assert.Equal(7, reply.Error);
        Assert.Equal(200, reply.Status);
        Assert.Equal("", reply.String("accessToken"));
    }

    [Theory]
    [InlineData("health/nothing")]
    [InlineData("health")]
    [InlineData("health/some/thermometer")]
    [InlineData("serviceDiscovery/nothing")]
    [InlineData("serviceInformation/nothing")]
    [InlineData("system/nothing")]
    [InlineData("availability/nothing")]
    [InlineData("authorization")]
    [InlineData("authorization/nothing")]
    public async Task Error08_PathThatTheProfileDoesNotDefine_Is8(string path)
    {
        var device = await shared.Edge.AddHealth(HealthAttributes.Thermometer);
        using var application = await Application.WithAccess(Host);
        Assert.Equal(8, (await application.Read(path, device.Query)).Error);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(16)]
    [InlineData(10)]
    [InlineData(3)]
    public async Task Error09_ErrorOfThePlugIn_IsPassedThrough(int error)
    {
        var edge = await TestEdge.Connect(Host);
        edge.Answer = _ => TestEdge.Fails(error);
        var light = await edge.AddForeign("light", "onoff");
        using var application = await Application.WithAccess(Host);
        Assert.Equal(error, (await application.Read("light/onoff", "serviceId=" + light)).Error);
    }

    [Theory]
    [InlineData("GET", "authorization/accessToken", "scope=health")]
    [InlineData("GET", "authorization/accessToken", "clientId=&scope=health")]
    [InlineData("GET", "authorization/accessToken", "clientId=x")]
    [InlineData("GET", "authorization/accessToken", "clientId=x&scope=")]
    [InlineData("GET", "authorization/accessToken", "clientId=x&scope=health,,heart")]
    [InlineData("GET", "availability", "key=n%C3%B6")]
    [InlineData("GET", "serviceDiscovery", "limit=0")]
    [InlineData("GET", "serviceDiscovery", "limit=1001")]
    [InlineData("GET", "serviceDiscovery", "limit=many")]
    [InlineData("GET", "serviceDiscovery", "cursor=%21")]
    [InlineData("PUT", "system/device/wakeup", "")]
    [InlineData("PUT", "system/device/wakeup", "pluginId=nobody")]
    public async Task Error10_ParameterMissingOrMalformed_Is10(string method, string path, string query)
    {
        using var application = await Application.WithAccess(Host);
        Assert.Equal(10, (await application.Call(new HttpMethod(method), path, query)).Error);
    }

    [Fact]
    public async Task Error10_SinceThatIsNoCursor_Is10()
    {
        var device = await shared.Edge.AddHealth(HealthAttributes.Thermometer);
        using var application = await Application.WithAccess(Host);
        Assert.Equal(10, (await application.Put(device.Path, device.Query + "&since=yesterday")).Error);
    }

    [Fact]
    public async Task Error11_UnregisteredClient_Is11WithEmptyToken()
    {
        using var application = new Application(Host);
        var reply = await application.Get("/gotapi/authorization/accessToken?clientId=nobody&scope=health");
        Assert.Equal(11, reply.Error);
        Assert.Equal("", reply.String("accessToken"));
    }

    [Fact]
    public async Task Error11_ClientOfAnotherOrigin_Is11()
    {
        using var application = new Application(Host);
        var clientId = (await application.Get("/gotapi/authorization/grant")).String("clientId");
        using var other = new Application(Host, Application.OtherOrigin);
        Assert.Equal(11, (await other.Get($"/gotapi/authorization/accessToken?clientId={clientId}&scope=health")).Error);
    }

    [Fact]
    public async Task Error11_Denied_Is11WithEmptyToken()
    {
        using var application = new Application(Host, "https://unknown.example");
        var clientId = (await application.Get("/gotapi/authorization/grant")).String("clientId");
        var asking = application.Get($"/gotapi/authorization/accessToken?clientId={clientId}&scope=health");
        var pending = await Dwapi.Grains.Tests.Runtime.Eventually.Is(() => Host.Session(clientId).GetPendingApproval(), pending => pending is not null);
        await Host.Session(clientId).Decide(pending!.ApprovalId, approve: false);
        var reply = await asking;
        Assert.Equal(11, reply.Error);
        Assert.Equal("", reply.String("accessToken"));
    }

    [Fact]
    public async Task Error12_ScopeThatIsOver_Is12()
    {
        await using var host = await GotapiHost.Start(("Gotapi:ScopeLifetime", "00:01:00"));
        using var application = await Application.WithAccess(host);
        Assert.Equal(0, (await application.Read("serviceDiscovery")).Error);
        host.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(12, (await application.Read("serviceDiscovery")).Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?accessToken=")]
    public async Task Error13_NoToken_Is13(string query)
    {
        using var application = new Application(Host);
        Assert.Equal(13, (await application.Get("/gotapi/serviceDiscovery" + query)).Error);
    }

    [Fact]
    public async Task Error14_ProfileOutsideTheScopes_Is14()
    {
        using var application = await Application.WithAccess(Host, "system");
        Assert.Equal(14, (await application.Read("serviceDiscovery")).Error);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("unknown.secret")]
    [InlineData("..")]
    [InlineData("%C3%B6.%C3%B6")]
    public async Task Error15_UnknownToken_Is15(string token)
    {
        using var application = new Application(Host);
        Assert.Equal(15, (await application.Get("/gotapi/serviceDiscovery?accessToken=" + token)).Error);
    }

    [Fact]
    public async Task Error15_RightClientWrongSecret_Is15()
    {
        using var application = await Application.WithAccess(Host);
        Assert.Equal(15, (await application.Get($"/gotapi/serviceDiscovery?accessToken={application.ClientId}.wrong")).Error);
        Assert.Equal(0, (await application.Read("serviceDiscovery")).Error);
    }

    [Fact]
    public async Task Error16_NoResultYet_Is16()
    {
        var device = await shared.Edge.AddHealth(HealthAttributes.Thermometer);
        using var application = await Application.WithAccess(Host);
        Assert.Equal(16, (await application.Read(device.Path, device.Query)).Error);
    }

    [Fact]
    public async Task Error17_TooManyAuthorizations_Is17AndNamesTheSetting()
    {
        await using var host = await GotapiHost.Start(("Gotapi:AuthorizationsPerMinute", "2"));
        using var application = await Application.WithAccess(host);
        var reply = await application.Get("/gotapi/authorization/grant");
        Assert.Equal((429, 17, ""), (reply.Status, reply.Error, reply.String("clientId")));
        Assert.Contains("Gotapi:AuthorizationsPerMinute", reply.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error18_NoOrigin_Is18()
    {
        using var application = new Application(Host, origin: null);
        Assert.Equal(18, (await application.Get("/gotapi/availability")).Error);
    }

    [Theory]
    [InlineData("/gotapi")]
    [InlineData("/gotapi/a/b/c/d")]
    [InlineData("/elsewhere/health")]
    public async Task Error19_MalformedPath_Is400And19(string path)
    {
        using var application = new Application(Host);
        var reply = await application.Get(path);
        Assert.Equal((400, 19), (reply.Status, reply.Error));
    }

    [Fact]
    public async Task Error19_OverrideWithPut_Is400And19()
    {
        using var application = new Application(Host);
        var reply = await application.Send(HttpMethod.Put, "/gotapi/get/availability");
        Assert.Equal((400, 19), (reply.Status, reply.Error));
    }

    [Fact]
    public async Task Error20_ProfileNamedLikeAMethod_Is400And20()
    {
        using var application = new Application(Host);
        var reply = await application.Get("/gotapi/get");
        Assert.Equal((400, 20), (reply.Status, reply.Error));
    }

    [Fact]
    public async Task Error21_EdgeSwitchedOff_Is21()
    {
        var edge = await TestEdge.Connect(Host);
        var light = await edge.AddForeign("light", "onoff");
        await edge.Grain.SetEnabled(false);
        using var application = await Application.WithAccess(Host);
        Assert.Equal(21, (await application.Read("light/onoff", "serviceId=" + light)).Error);
    }

    [Fact]
    public async Task Error22_LinkDown_Is22()
    {
        var edge = await TestEdge.Connect(Host);
        var light = await edge.AddForeign("light", "onoff");
        await edge.Disconnect();
        using var application = await Application.WithAccess(Host);
        Assert.Equal(22, (await application.Read("light/onoff", "serviceId=" + light)).Error);
    }

    [Fact]
    public async Task ErrorEnvelope_HasProductVersionResultCodeAndMessage()
    {
        using var application = new Application(Host);
        var reply = await application.Get("/gotapi/serviceDiscovery");
        Assert.Equal(
            ["product", "version", "result", "errorCode", "errorMessage"], reply.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(1, reply.Json.GetProperty("result").GetInt32());
        Assert.Equal(200, reply.Status);
        Assert.Equal("application/json; charset=UTF-8", reply.ContentHeaders.ContentType!.ToString());
    }

    [Fact]
    public async Task StrictHttpStatus_On_GivesTheStatusOfTheTable()
    {
        await using var host = await GotapiHost.Start(("Gotapi:StrictHttpStatus", "true"));
        using var application = await Application.WithAccess(host, "servicediscovery,light");
        var noService = await application.Read("light/onoff", "serviceId=nobody");
        Assert.Equal((GotapiErrors.NotFoundService.StrictHttpStatus, 6), (noService.Status, noService.Error));
        var noToken = await application.Get("/gotapi/serviceDiscovery");
        Assert.Equal((GotapiErrors.EmptyAccessToken.StrictHttpStatus, 13), (noToken.Status, noToken.Error));
        Assert.Equal(200, (await application.Read("serviceDiscovery")).Status);
    }
}
