using System.Net.WebSockets;
using System.Text;
using Dwapi.Gotapi.Frames;
using Dwapi.Grains.Edges;
using Dwapi.WebApi.PluginLink;
using Dwapi.WebApi.PluginLink.Requests;
using Microsoft.Extensions.DependencyInjection;

namespace Dwapi.WebApi.Tests.PluginLink;

/// <summary>Requests of the server to a plug-in (health texts 5.1 to 5.3) and their answers.</summary>
public sealed class PluginLinkRequestTests(LinkHost host) : IClassFixture<LinkHost>
{
    [Fact]
    public async Task Call_ToAConnectedPlugIn_ReachesItAndItsAnswerComesBack()
    {
        await using var client = await ConnectAsync("rq-call");

        var call = host.Edge("rq-call").Call(Call("GET", "lamp", "light") with { Parameters = [new PluginParameter("color", "red")] }, default);
        var request = await client.ReceiveAsync<RequestFrame>();
        await client.SendAsync($$"""{"method":"RESPONSE","requestCode":{{request.RequestCode}},"result":0,"lights":[{"on":true}]}""");
        var answer = await call;

        Assert.True(request.RequestCode > 0);
        Assert.Equal(("rq-call.s", "lamp", "light"), (request.ServiceId, request.Profile, request.Attribute));
        Assert.Equal("red", request.Parameters["color"]);
        Assert.Equal(0, answer.ErrorCode);
        Assert.Equal("\"lights\":[{\"on\":true}]", Encoding.UTF8.GetString(answer.Body.Span));
    }

    [Fact]
    public async Task Call_BeforeWelcome_WaitsForIt()
    {
        using var line = new MemoryStream();
        using var socket = WebSocket.CreateFromStream(line, new WebSocketCreationOptions { IsServer = true });
        using var sender = new FrameSender(socket);
        var requests = new OpenRequests(host.Services.GetRequiredService<LinkServices>(), sender);

        var call = requests.CallAsync(Call("GET", "lamp", "light"));

        Assert.Equal(0, line.Length);
        requests.Welcomed();
        await host.UntilAsync(() => Task.FromResult(line.Length > 0));
        requests.Down();
        Assert.Equal(22, (await call).ErrorCode);
    }

    [Fact]
    public async Task Call_SeveralAtOnce_AreToldApartByTheirRequestCodes()
    {
        await using var client = await ConnectAsync("rq-many");

        var calls = Enumerable.Range(0, 3).Select(_ => host.Edge("rq-many").Call(Call("GET", "lamp", "light"), default)).ToArray();
        var codes = new List<int>();
        for (var i = 0; i < calls.Length; i++)
        {
            codes.Add((await client.ReceiveAsync<RequestFrame>()).RequestCode);
        }

        foreach (var code in Enumerable.Reverse(codes))
        {
            await client.SendAsync($$"""{"method":"RESPONSE","requestCode":{{code}},"result":0,"code":{{code}}}""");
        }

        var answers = await Task.WhenAll(calls);
        Assert.Equal(3, codes.Distinct().Count());
        Assert.Equal(codes.Select(code => $"\"code\":{code}").Order(), answers.Select(answer => Encoding.UTF8.GetString(answer.Body.Span)).Order());
    }

    [Fact]
    public async Task Call_ThatThePlugInRefuses_PassesItsError()
    {
        await using var client = await ConnectAsync("rq-refused");

        var call = host.Edge("rq-refused").Call(Call("PUT", "lamp", "light"), default);
        var request = await client.ReceiveAsync<RequestFrame>();
        await client.SendAsync($$"""{"method":"RESPONSE","requestCode":{{request.RequestCode}},"result":1,"errorCode":9,"errorMessage":"flat"}""");
        var answer = await call;

        Assert.Equal(RequestMethod.Put, request.Method);
        Assert.Equal((9, "flat"), (answer.ErrorCode, answer.ErrorMessage));
    }

    [Fact]
    public async Task Call_CreateClientAndRequestAccessToken_CarryTheMembersOfTheTexts()
    {
        await using var client = await ConnectAsync("rq-auth");
        var edge = host.Edge("rq-auth");

        var create = edge.Call(Call("GET", "authorization", "createClient") with { Origin = "https://clinic.example" }, default);
        var createClient = await client.ReceiveAsync<RequestFrame>();
        await client.SendAsync($$"""{"method":"RESPONSE","requestCode":{{createClient.RequestCode}},"result":0,"clientId":"c1"}""");
        var token = edge.Call(
            Call("GET", "authorization", "requestAccessToken") with { ClientId = "c1", Scope = "health", ApplicationName = "App" }, default);
        var requestToken = await client.ReceiveAsync<RequestFrame>();
        await client.SendAsync($$"""{"method":"RESPONSE","requestCode":{{requestToken.RequestCode}},"result":0,"accessToken":"t1"}""");

        Assert.Equal("https://clinic.example", createClient.Package);
        Assert.Equal("c1", (await create).ClientId);
        Assert.Equal(("c1", "health", "App"), (requestToken.ClientId, requestToken.Scope, requestToken.ApplicationName));
        Assert.Equal("t1", (await token).AccessToken);
    }

    [Fact]
    public async Task Call_WhileTheLinkGoesDown_IsError22_Decision4()
    {
        var client = await ConnectAsync("rq-down");
        var call = host.Edge("rq-down").Call(Call("GET", "lamp", "light"), default);
        await client.ReceiveAsync<RequestFrame>();

        await client.CloseAsync();

        Assert.Equal(22, (await call).ErrorCode);
        await client.DisposeAsync();
    }

    [Fact]
    public async Task Response_ThatNobodyAskedFor_IsDropped()
    {
        await using var client = await ConnectAsync("rq-late");

        await client.SendAsync("""{"method":"RESPONSE","requestCode":77,"result":0}""");
        await client.SendAsync(new PingFrame(0));

        await client.ReceiveAsync<PongFrame>();
    }

    [Fact]
    public async Task Welcome_OfAPlugInWrittenToTheTexts_IsFollowedByDiscovery()
    {
        var key = await host.EnrolAsync("rq-texts");
        await using var client = await LinkClient.HelloAsync(host.Address, "rq-texts", key, approval: PlugInApproval.Ask);
        await client.ReceiveAsync<WelcomeFrame>();

        var request = await client.ReceiveAsync<RequestFrame>();
        await client.SendAsync(
            $$"""{"method":"RESPONSE","requestCode":{{request.RequestCode}},"result":0,"services":[{"id":"rq-texts.1","name":"Coolest Thermometer","type":"Bluetooth","online":true,"scopes":["thermometer"]}]}""");
        await client.SendAsync(new PingFrame(0));
        await client.ReceiveAsync<PongFrame>();

        Assert.Equal(("networkServiceDiscovery", "getNetworkServices"), (request.Profile, request.Attribute));
        var page = await host.Edge("rq-texts").GetServices("", 10, default);
        var service = Assert.Single(page.Services);
        Assert.Equal("Coolest Thermometer", service.Name);
        Assert.Equal("thermometer", Assert.Single(Assert.Single(service.Profiles).Attributes));
        Assert.Contains("\"productName\":\"Coolest Thermometer\"", Encoding.UTF8.GetString(service.Device.Span), StringComparison.Ordinal);
    }

    private static PluginCall Call(string method, string profile, string attribute) =>
        new(method, "rq-call.s", profile, "", attribute, "", "", "", "", "", []);

    private async Task<LinkClient> ConnectAsync(string edgeId)
    {
        var client = await LinkClient.HelloAsync(host.Address, edgeId, await host.EnrolAsync(edgeId));
        await client.ReceiveAsync<WelcomeFrame>();
        return client;
    }
}
