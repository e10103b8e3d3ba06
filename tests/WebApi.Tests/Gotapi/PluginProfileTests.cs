using Dwapi.Gotapi.Health;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Edges;
using Dwapi.WebApi.Tests.Hosting;

namespace Dwapi.WebApi.Tests.Gotapi;

/// <summary>Calls that are forwarded, and the plug-in's own approval (gotapi-1.1 section 9, DECISIONS 5).</summary>
public sealed class PluginProfileTests(SharedHost shared)
{
    private GotapiHost Host => shared.Host;

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task Forwarded_Call_BringsAllParametersAndGivesTheAnswersMembers(string method)
    {
        var edge = await TestEdge.Connect(Host);
        edge.Answer = _ => TestEdge.Done("\"light\":{\"on\":true}");
        var light = await edge.AddForeign("light", "onoff");
        using var application = await Application.WithAccess(Host);
        var reply = await application.Call(new HttpMethod(method), "Light/onoff", $"serviceId={light}&color=ff0000");
        Assert.True(reply.Json.GetProperty("light").GetProperty("on").GetBoolean());
        Assert.True(reply.Json.GetProperty("requestCode").GetInt32() > 0);
        var call = Assert.Single(edge.Calls);
        Assert.Equal((method, light, application.Origin), (call.Method, call.ServiceId, call.Origin));
        Assert.Equal([new PluginParameter("color", "ff0000")], call.Parameters);
    }

    [Fact]
    public async Task Forwarded_ThreeLevelPath_KeepsItsInterface()
    {
        var edge = await TestEdge.Connect(Host);
        var light = await edge.AddForeign("light", "group/onoff");
        using var application = await Application.WithAccess(Host);
        Assert.Equal(0, (await application.Read("light/group/onoff", "serviceId=" + light)).Error);
        Assert.Equal(("group", "onoff"), (edge.Calls[0].Interface, edge.Calls[0].Attribute));
        Assert.Equal(8, (await application.Read("light/onoff", "serviceId=" + light)).Error);
    }

    [Fact]
    public async Task Shall07_PluginThatAsks_ApprovesOncePerClientAndService()
    {
        var edge = await Asking();
        var light = await edge.AddForeign("light", "onoff");
        using var application = await Application.WithAccess(Host);
        Assert.Equal(0, (await application.Read("light/onoff", "serviceId=" + light)).Error);
        Assert.Equal(0, (await application.Read("light/onoff", "serviceId=" + light)).Error);
        Assert.Equal(["createClient", "requestAccessToken", "onoff", "onoff"], edge.Calls.Select(call => call.Attribute));
        Assert.Equal(application.Origin, edge.Calls[0].Origin);
        Assert.Equal(("c1", "light"), (edge.Calls[1].ClientId, edge.Calls[1].Scope));
        Assert.Equal(("c1", "t1"), (edge.Calls[2].ClientId, edge.Calls[2].AccessToken));

        using var other = await Application.WithAccess(Host);
        await other.Read("light/onoff", "serviceId=" + light);
        Assert.Equal(2, edge.Calls.Count(call => call.Attribute == "createClient"));
    }

    [Fact]
    public async Task Shall07_PluginThatRefuses_ItsErrorIsAnswered()
    {
        var edge = await Asking();
        edge.Answer = _ => TestEdge.Fails(11);
        var light = await edge.AddForeign("light", "onoff");
        using var application = await Application.WithAccess(Host);
        Assert.Equal(11, (await application.Read("light/onoff", "serviceId=" + light)).Error);
        Assert.DoesNotContain(edge.Calls, call => call.Attribute == "onoff");
        Assert.Equal(3, edge.Calls.Count);
    }

    [Fact]
    public async Task Shall07_Error2FromCreateClient_MeansNoTokenIsNeeded()
    {
        var edge = await Asking();
        edge.Answer = call => call.Attribute == "createClient" ? TestEdge.Fails(2) : TestEdge.Done("");
        var light = await edge.AddForeign("light", "onoff");
        using var application = await Application.WithAccess(Host);
        Assert.Equal(0, (await application.Read("light/onoff", "serviceId=" + light)).Error);
        Assert.Equal(["createClient", "onoff"], edge.Calls.Select(call => call.Attribute));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(15)]
    public async Task Decision05_PluginForgotTheClient_StartsOverAtMostThreeTimes(int error)
    {
        var edge = await Asking();
        edge.Answer = call => call.Attribute switch
        {
            "createClient" => TestEdge.Done("", clientId: "c1"),
            "requestAccessToken" => TestEdge.Done("", token: "t1"),
            _ => TestEdge.Fails(error),
        };
        var light = await edge.AddForeign("light", "onoff");
        using var application = await Application.WithAccess(Host);
        Assert.Equal(error, (await application.Read("light/onoff", "serviceId=" + light)).Error);
        Assert.Equal(3, edge.Calls.Count(call => call.Attribute == "onoff"));
        Assert.Equal(3, edge.Calls.Count(call => call.Attribute == "createClient"));
    }

    [Fact]
    public async Task Decision05_HealthOfAnAutomaticEdge_AsksNobody()
    {
        var edge = await TestEdge.Connect(Host);
        var device = await edge.AddHealth(HealthAttributes.Thermometer);
        await device.Measure("36.1");
        using var application = await Application.WithAccess(Host);
        Assert.Equal(0, (await application.Read(device.Path, device.Query)).Error);
        Assert.Empty(edge.Calls);
    }

    [Fact]
    public async Task Decision05_HealthOfAnEdgeThatAsks_NeedsItsApprovalOnce()
    {
        var edge = await Asking();
        var device = await edge.AddHealth(HealthAttributes.Thermometer);
        await device.Measure("36.1");
        using var application = await Application.WithAccess(Host);
        Assert.Equal(0, (await application.Read(device.Path, device.Query)).Error);
        Assert.Equal(0, (await application.Read(device.Path, device.Query)).Error);
        Assert.Equal(["createClient", "requestAccessToken"], edge.Calls.Select(call => call.Attribute));
    }

    private async Task<TestEdge> Asking()
    {
        var edge = await TestEdge.Connect(Host, approval: PluginApproval.Ask);
        edge.Answer = call => call.Attribute switch
        {
            "createClient" => TestEdge.Done("", clientId: "c1"),
            "requestAccessToken" => TestEdge.Done("", token: "t1"),
            _ => TestEdge.Done(""),
        };
        return edge;
    }
}
