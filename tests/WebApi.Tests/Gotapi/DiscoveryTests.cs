using Dwapi.Gotapi.Health;
using Dwapi.WebApi.Tests.Hosting;

namespace Dwapi.WebApi.Tests.Gotapi;

/// <summary>serviceDiscovery, serviceInformation and system (gotapi-1.1 6.4 to 6.6).</summary>
public sealed class DiscoveryTests(SharedHost shared)
{
    private GotapiHost Host => shared.Host;

    [Theory]
    [InlineData("serviceDiscovery")]
    [InlineData("servicediscovery")]
    public async Task Discovery_Service_HasBothSpellingsOfItsIdAndTheTable(string path)
    {
        var device = await shared.Edge.AddHealth(HealthAttributes.Weight);
        using var application = await Application.WithAccess(Host);
        var service = Find(await application.Read(path), device.ServiceId);
        Assert.Equal(
            ["id", "serviceId", "name", "type", "online", "config", "scopes", "manufacturer", "version"],
            service.EnumerateObject().Select(member => member.Name));
        Assert.Equal(device.ServiceId, service.GetProperty("serviceId").GetString());
        Assert.Equal("BLE", service.GetProperty("type").GetString());
        Assert.True(service.GetProperty("online").GetBoolean());
        Assert.Equal(["weight"], service.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
    }

    [Fact]
    public async Task Discovery_TypeUnknown_SaysUnknown()
    {
        var device = await shared.Edge.AddHealth(HealthAttributes.Heart, type: "");
        using var application = await Application.WithAccess(Host);
        Assert.Equal("Unknown", Find(await application.Read("serviceDiscovery"), device.ServiceId).GetProperty("type").GetString());
    }

    [Fact]
    public async Task Decision04_LinkDown_ServiceIsListedOffline()
    {
        var edge = await TestEdge.Connect(Host);
        var device = await edge.AddHealth(HealthAttributes.Heart);
        await edge.Disconnect();
        using var application = await Application.WithAccess(Host);
        Assert.False(Find(await application.Read("serviceDiscovery"), device.ServiceId).GetProperty("online").GetBoolean());
    }

    [Fact]
    public async Task Decision04_ServiceOfTwoEdges_IsListedOnce()
    {
        await using var host = await GotapiHost.Start();
        var first = await TestEdge.Connect(host, "a");
        var second = await TestEdge.Connect(host, "b");
        await first.AddHealth(HealthAttributes.Heart, "roaming");
        await second.AddHealth(HealthAttributes.Heart, "roaming");
        using var application = await Application.WithAccess(host);
        Assert.Single((await application.Read("serviceDiscovery")).Json.GetProperty("services").EnumerateArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Decision09_Paging_ListsEveryServiceOnceByEdgeThenId(int limit)
    {
        await using var host = await GotapiHost.Start();
        var expected = new List<string>();
        foreach (var edgeId in new[] { "a", "b", "c" })
        {
            var edge = await TestEdge.Connect(host, edgeId);
            foreach (var n in new[] { 1, 2 })
            {
                expected.Add((await edge.AddHealth(HealthAttributes.Heart, $"{9 - n}-{edgeId}")).ServiceId);
            }
        }

        expected = [.. expected.OrderBy(id => id[2]).ThenBy(id => id, StringComparer.Ordinal)];
        using var application = await Application.WithAccess(host);
        var found = new List<string>();
        var query = "limit=" + limit;
        while (true)
        {
            var page = await application.Read("serviceDiscovery", query);
            var services = page.Json.GetProperty("services").EnumerateArray().Select(service => service.GetProperty("id").GetString()!).ToArray();
            Assert.True(services.Length <= limit);
            found.AddRange(services);
            if (!page.Has("nextCursor"))
            {
                break;
            }

            query = $"limit={limit}&cursor={page.String("nextCursor")}";
        }

        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task Decision09_WithoutLimit_NoCursorWhenThatIsAll()
    {
        await using var host = await GotapiHost.Start();
        using var application = await Application.WithAccess(host);
        var reply = await application.Read("serviceDiscovery");
        Assert.Empty(reply.Json.GetProperty("services").EnumerateArray());
        Assert.False(reply.Has("nextCursor"));
    }

    [Theory]
    [InlineData("serviceInformation")]
    [InlineData("serviceinformation")]
    public async Task ServiceInformation_HealthService_HasADocumentOfItsAttributes(string path)
    {
        var device = await shared.Edge.AddHealth(HealthAttributes.Thermometer);
        using var application = await Application.WithAccess(Host);
        var reply = await application.Read(path, device.Query);
        Assert.Equal(["health"], reply.Json.GetProperty("supports").EnumerateArray().Select(profile => profile.GetString()));
        Assert.True(reply.Json.GetProperty("connect").GetProperty("ble").GetBoolean());
        var document = reply.Json.GetProperty("supportApis").GetProperty("health");
        Assert.Equal("2.0", document.GetProperty("swagger").GetString());
        var operations = document.GetProperty("paths").GetProperty("/thermometer");
        Assert.Equal(["get", "put", "delete"], operations.EnumerateObject().Select(operation => operation.Name));
        Assert.Equal("one-shot", operations.GetProperty("get").GetProperty("x-type").GetString());
        Assert.Equal("event", operations.GetProperty("put").GetProperty("x-type").GetString());
        var units = operations.GetProperty("put").GetProperty("x-event").GetProperty("properties").GetProperty("thermometer")
            .GetProperty("properties").GetProperty("temperature").GetProperty("properties").GetProperty("unitCode").GetProperty("enum");
        Assert.Contains("268192", units.EnumerateArray().Select(unit => unit.GetString()));
        Assert.Equal((await application.Get("/gotapi/availability")).String("version"), reply.String("version"));
    }

    [Fact]
    public async Task System_Get_ListsServerProfilesAndPlugins()
    {
        var edge = await TestEdge.Connect(Host);
        await edge.AddHealth(HealthAttributes.Heart);
        using var application = await Application.WithAccess(Host);
        var reply = await application.Read("system");
        Assert.Contains("serviceDiscovery", reply.Json.GetProperty("supports").EnumerateArray().Select(profile => profile.GetString()));
        Assert.True(Guid.TryParse(reply.String("uuid"), out _));
        Assert.NotEqual("", reply.String("name"));
        var plugin = reply.Json.GetProperty("plugins").EnumerateArray().Single(plugin => plugin.GetProperty("id").GetString() == edge.EdgeId);
        Assert.Equal(["id", "name", "version", "packageName", "supports"], plugin.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["health"], plugin.GetProperty("supports").EnumerateArray().Select(profile => profile.GetString()));
    }

    [Fact]
    public async Task System_WakeUp_AsksThePlugin()
    {
        var edge = await TestEdge.Connect(Host);
        using var application = await Application.WithAccess(Host);
        Assert.Equal(0, (await application.Put("system/device/wakeup", "pluginId=" + edge.EdgeId)).Error);
        Assert.Contains(edge.Calls, call => call is { Profile: "system", Interface: "device", Attribute: "wakeup" });
    }

    [Fact]
    public async Task System_Keyword_IsShownToTheOperator()
    {
        await using var host = await GotapiHost.Start();
        using var application = await Application.WithAccess(host);
        Assert.Equal(0, (await application.Put("system/keyword")).Error);
        Assert.Contains("keyword", host.Log.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decision09_AbortedTokenRequest_WithdrawsItsApproval()
    {
        using var application = new Application(Host, "https://impatient.example");
        var clientId = (await application.Get("/gotapi/authorization/grant")).String("clientId");
        using var abort = new CancellationTokenSource();
        using var http = new HttpClient { BaseAddress = Host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/gotapi/authorization/accessToken?clientId={clientId}&scope=health");
        request.Headers.Add("Origin", application.Origin);
        var asking = http.SendAsync(request, abort.Token);
        await Dwapi.Grains.Tests.Runtime.Eventually.Is(() => Host.Session(clientId).GetPendingApproval(), pending => pending is not null);
        await abort.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await Dwapi.Grains.Tests.Runtime.Eventually.Is(() => Host.Session(clientId).GetPendingApproval(), pending => pending is null);
    }

    private static System.Text.Json.JsonElement Find(Reply reply, string serviceId) =>
        reply.Json.GetProperty("services").EnumerateArray().Single(service => service.GetProperty("id").GetString() == serviceId);
}
