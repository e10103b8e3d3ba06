using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Dwapi.Gotapi.Health;
using Dwapi.Grains.Tests.Runtime;
using Dwapi.WebApi.Tests.Hosting;

namespace Dwapi.WebApi.Tests.Nodes;

/// <summary>Two web nodes on one silo: what one of them began, the other one goes on with.</summary>
public sealed class SeveralNodesTests : IAsyncLifetime
{
    private GotapiHost Host { get; set; } = null!;

    private WebNode First { get; set; } = null!;

    private WebNode Second { get; set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await GotapiHost.Start();
        First = await WebNode.Join(Host, ("Dwapi:ServerId", "clinic"));
        Second = await WebNode.Join(Host, ("Dwapi:ServerId", "clinic"));
    }

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
        await Host.DisposeAsync();
    }

    [Fact]
    public async Task Decision02_SocketOfANodeThatStopped_IsResumedAtAnotherAfterTheLastEvent()
    {
        var edge = await TestEdge.Connect(Host);
        var device = await edge.AddHealth(HealthAttributes.Thermometer);
        using var application = await AccessAt(First);
        await using var socket = await TestSocket.Connect(application);
        Assert.Equal(0, (await application.Put(device.Path, device.Query)).Error);
        await device.Measure("36.1", "36.2");
        Assert.Equal(1, Sequence(await socket.Next()));
        Assert.Equal(2, Sequence(await socket.Next()));

        var stopping = First.Stop();
        Assert.True(await socket.IsClosedByServer());
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, socket.CloseStatus);

        // At once, the old socket's close not even answered: the session has let it go before.
        await device.Measure("36.3");
        using var moved = application.At(Second.Address);
        await using var resumed = await TestSocket.Connect(moved);
        await device.Measure("36.4");

        var events = new[] { await resumed.Next(), await resumed.Next() };
        Assert.Equal([3, 4], events.Select(Sequence));
        Assert.DoesNotContain(events, e => e.TryGetProperty("gap", out _));
        await socket.Close();
        await stopping;
    }

    [Fact]
    public async Task Decision02_MonitorOfANodeThatStopped_Waits60Seconds()
    {
        var edge = await TestEdge.Connect(Host);
        var device = await edge.AddHealth(HealthAttributes.Thermometer);
        using var application = await AccessAt(First);
        await using var socket = await TestSocket.Connect(application);
        await application.Put(device.Path, device.Query);
        var closing = socket.IsClosedInOrder();
        await First.Stop();
        await closing;

        Host.Clock.Advance(TimeSpan.FromSeconds(58));
        await device.Measure("36.1");
        using var moved = application.At(Second.Address);
        await using var resumed = await TestSocket.Connect(moved);

        Assert.Equal(1, Sequence(await resumed.Next()));
    }

    [Fact]
    public async Task Socket_ClosedByItsApplication_MayBeOpenedAtAnotherNodeAtOnce()
    {
        using var application = await AccessAt(First);
        await using (var socket = await TestSocket.Connect(application))
        {
            await socket.Close();
        }

        using var moved = application.At(Second.Address);
        await using var next = await TestSocket.Connect(moved);
    }

    [Fact]
    public async Task Token_IssuedAtOneNode_OpensTheOtherAtOnceAlsoWhenItReplacesAKnownOne()
    {
        using var application = await AccessAt(First);
        using var known = application.At(Second.Address);
        Assert.Equal(0, (await known.Read("servicediscovery")).Error);

        var again = await application.Get($"/gotapi/authorization/accessToken?clientId={application.ClientId}&scope={Application.AllScopes}");
        var answer = await known.Get("/gotapi/servicediscovery?accessToken=" + again.String("accessToken"));

        Assert.Equal(0, answer.Error);
    }

    [Fact]
    public async Task Revocation_AtOneNode_IsSeenByTheOtherWithinTwoSeconds()
    {
        using var application = await AccessAt(First);
        using var known = application.At(Second.Address);
        Assert.Equal(0, (await known.Read("servicediscovery")).Error);

        await Host.ApplicationGrain(Application.DefaultOrigin).Revoke(application.ClientId);
        Host.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(15, (await known.Read("servicediscovery")).Error);
    }

    [Fact]
    public async Task Approval_AskedAtOneNode_IsListedAndGivenAtTheOther()
    {
        using var application = new Application(Host, "https://several.example", First.Address);
        var clientId = (await application.Get("/gotapi/authorization/grant")).String("clientId");
        var waiting = application.Get($"/gotapi/authorization/accessToken?clientId={clientId}&scope=health&applicationName=Test");
        var pending = await Eventually.Is(
            async () => await Json(Second, "/api/v1/approvals"), list => list.GetArrayLength() == 1);

        using var decided = await Second.Manage(HttpMethod.Post, $"/api/v1/approvals/{pending[0].GetProperty("id").GetString()}", new { approve = true });

        Assert.Equal(HttpStatusCode.NoContent, decided.StatusCode);
        Assert.Equal(0, (await waiting).Error);
    }

    [Fact]
    public async Task ConsoleCookie_OfOneNode_OpensTheOther()
    {
        using var login = new HttpRequestMessage(HttpMethod.Post, "/api/v1/login") { Content = JsonContent.Create(new { token = WebNode.AdminToken }) };
        login.Headers.Add("Origin", First.Address.GetLeftPart(UriPartial.Authority));
        using var entered = await First.Http.SendAsync(login);
        var cookie = entered.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/server");
        request.Headers.Add("Cookie", cookie);
        using var answer = await Second.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Keyword_OfEveryNode_IsTheSame()
    {
        var first = (await Json(First, "/api/v1/server")).GetProperty("keyword").GetString();
        Assert.Equal(first, (await Json(Second, "/api/v1/server")).GetProperty("keyword").GetString());
    }

    private async Task<Application> AccessAt(WebNode node)
    {
        var application = new Application(Host, node: node.Address);
        await application.GetAccess();
        return application;
    }

    private static async Task<JsonElement> Json(WebNode node, string path)
    {
        using var answer = await node.Manage(HttpMethod.Get, path);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static long Sequence(JsonElement e) => e.GetProperty("sequence").GetInt64();
}
