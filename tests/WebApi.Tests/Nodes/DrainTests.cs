using System.Net.WebSockets;
using Dwapi.Gotapi.Errors;
using Dwapi.Gotapi.Frames;
using Dwapi.Grains.Tests.Runtime;
using Dwapi.WebApi.Tests.Hosting;
using Dwapi.WebApi.Tests.PluginLink;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dwapi.WebApi.Tests.Nodes;

/// <summary>A web node that stops: not ready, nothing new, waits answered, connections closed in waves.</summary>
public sealed class DrainTests : IAsyncLifetime
{
    private const string Unknown = "https://unknown.example";

    private GotapiHost Host { get; set; } = null!;

    public async ValueTask InitializeAsync() => Host = await GotapiHost.Start();

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    [Fact]
    public async Task Stop_WhileBalancersNotice_TakesNoNewConnectionsAndAnswersRequests()
    {
        await using var node = await WebNode.Join(Host, ("Dwapi:DrainDelay", "00:00:10"));
        Assert.Equal(HealthStatus.Healthy, (await node.Health()).Status);
        using var application = new Application(Host, node: node.Address);

        var stopping = node.Stop();
        await Host.Clock.IsAwaited(Host.Clock.Now.AddSeconds(10));
        Assert.Contains("Dwapi:DrainDelay", node.Log.All, StringComparison.Ordinal);
        var answered = await application.Get("/gotapi/availability");
        var socket = await UpgradeAsync(node, "/gotapi/websocket", Application.DefaultOrigin);
        var link = await UpgradeAsync(node, LinkLimits.Path, origin: null);

        Assert.Equal((200, 0, "close"), (answered.Status, answered.Error, answered.Header("Connection")));
        Assert.Equal((503, GotapiErrors.IllegalServerState.Code, "1"), (socket.Status, socket.Error, socket.Header("Retry-After")));
        Assert.Equal((503, GotapiErrors.IllegalServerState.Code, "1"), (link.Status, link.Error, link.Header("Retry-After")));
        Assert.False(stopping.IsCompleted);
        Host.Clock.Advance(TimeSpan.FromSeconds(10));
        await stopping;
    }

    [Fact]
    public async Task Stop_WithManySockets_ClosesThemWith1001InWaves()
    {
        await using var node = await WebNode.Join(Host, ("Dwapi:DrainRate", "20"));
        var sockets = new List<TestSocket>();
        for (var i = 0; i < 12; i++)
        {
            using var application = new Application(Host, node: node.Address);
            await application.GetAccess();
            sockets.Add(await TestSocket.Connect(application));
        }

        var closings = sockets.Select(socket => socket.IsClosedInOrder()).ToList();
        var stopping = node.Stop();

        Assert.Equal(5, await Eventually.Is(() => Task.FromResult(Closed()), count => count >= 5));
        var start = Host.Clock.Now;
        await AdvanceUntil(10);
        Assert.True(Host.Clock.Now - start >= TimeSpan.FromMilliseconds(125));
        await AdvanceUntil(12);
        Assert.True(Host.Clock.Now - start >= TimeSpan.FromMilliseconds(250));
        await stopping;
        Assert.All(await Task.WhenAll(closings), status => Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, status));
        foreach (var socket in sockets)
        {
            await socket.DisposeAsync();
        }

        int Closed() => closings.Count(closing => closing.IsCompleted);

        Task AdvanceUntil(int closed)
        {
            var advanced = TimeProvider.System.GetTimestamp();
            return Eventually.Is(
                () =>
                {
                    // Slower than the real time: the clients' 2 s to say goodbye must not pass before they had them.
                    if (TimeProvider.System.GetElapsedTime(advanced) >= TimeSpan.FromMilliseconds(20))
                    {
                        Host.Clock.Advance(TimeSpan.FromMilliseconds(5));
                        advanced = TimeProvider.System.GetTimestamp();
                    }

                    return Task.FromResult(Closed());
                },
                count => count >= closed);
        }
    }

    [Fact]
    public async Task Stop_WithASocketBeforeItsHandshake_ClosesItToo()
    {
        await using var node = await WebNode.Join(Host);
        await using var socket = await TestSocket.Open(node.Address, Application.DefaultOrigin);
        await node.Stop();
        Assert.True(await socket.IsClosedByServer());
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, socket.CloseStatus);
    }

    [Fact]
    public async Task Stop_WhileAnApprovalWaits_AnswersItWithdrawsItAndSaysWhatToDo()
    {
        await using var node = await WebNode.Join(Host);
        using var application = new Application(Host, Unknown, node.Address);
        var clientId = (await application.Get("/gotapi/authorization/grant")).String("clientId");
        var waiting = application.Get($"/gotapi/authorization/accessToken?clientId={clientId}&scope=health&applicationName=Test");
        await Eventually.Is(() => Host.TenantGrain.GetPendingApprovals(), pending => pending.Length == 1);

        await node.Stop();

        var answer = await waiting;
        Assert.Equal((GotapiErrors.IllegalServerState.Code, "1", ""), (answer.Error, answer.Header("Retry-After"), answer.String("accessToken")));
        Assert.Contains("Repeat", answer.Message, StringComparison.Ordinal);
        await Eventually.Is(() => Host.TenantGrain.GetPendingApprovals(), pending => pending.IsEmpty);
    }

    [Fact]
    public async Task Stop_WhileAPluginIsAsked_AnswersTheRequest()
    {
        await using var doors = await WebNode.Join(Host);
        await using var node = await WebNode.Join(Host);
        var key = await Host.TenantGrain.EnrolEdge("drain-lamp", "Lamps");
        await using var plugin = await LinkClient.HelloAsync(doors.Address, "drain-lamp", key);
        await plugin.ReceiveAsync<WelcomeFrame>();
        await plugin.SendAsync(
            """{"method":"SERVICES","services":[{"serviceId":"drain-lamp.1","name":"Lamp","type":"WiFi","scopes":["light"],"profiles":{"light":["light"]}}]}""");
        await Eventually.Is(async () => (await Host.Device("drain-lamp.1").GetLatest("")).Registration, service => service is not null);
        using var application = new Application(Host, node: node.Address);
        await application.GetAccess();

        var waiting = application.Read("light/light", "serviceId=drain-lamp.1");
        await plugin.ReceiveAsync<RequestFrame>();
        await node.Stop();

        var answer = await waiting;
        Assert.Equal((GotapiErrors.IllegalServerState.Code, "1"), (answer.Error, answer.Header("Retry-After")));
        await plugin.CloseAsync();
    }

    [Fact]
    public async Task Stop_WithMeasurementsUnderWay_TellsTheEdgeWhatIsStoredBeforeItCloses()
    {
        await using var host = new LinkHost { Clock = new FakeClock() };
        await host.InitializeAsync();
        var key = await host.EnrolAsync("drain");
        await using var edge = await LinkClient.HelloAsync(host.Address, "drain", key);
        await edge.ReceiveAsync<WelcomeFrame>();
        await edge.SendAsync(LinkFrames.Services("drain.t1"));
        var gate = host.Store.Hold("drain.t1");
        await edge.SendAsync(LinkFrames.Events((1, "drain.t1"), (2, "drain.t1")));
        await gate.Entered;

        var stopping = host.StopAsync();
        var told = edge.AcknowledgedAsync(2);
        Assert.False(told.IsCompleted);
        gate.Open();

        Assert.Equal(2, (await told)[^1].Sequence);
        Assert.Null(await edge.ReceiveAsync());
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, edge.CloseStatus);
        await edge.CloseAsync();
        await stopping;
    }

    private static async Task<Reply> UpgradeAsync(WebNode node, string path, string? origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.ParseAdd("websocket");
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var response = await node.Http.SendAsync(request);
        return await Reply.Of(response);
    }
}
