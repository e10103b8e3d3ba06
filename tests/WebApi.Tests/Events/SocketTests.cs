using System.Net.WebSockets;
using System.Text.Json;
using Dwapi.Gotapi.Health;
using Dwapi.Grains.Tests.Runtime;
using Dwapi.WebApi.Tests.Hosting;

namespace Dwapi.WebApi.Tests.Events;

/// <summary>The GotAPI-5 handshake, its errors and the end of a socket (gotapi-1.1 section 7).</summary>
public sealed class SocketTests(SharedHost shared)
{
    private GotapiHost Host => shared.Host;

    [Theory]
    [InlineData("/gotapi/websocket")]
    [InlineData("/GotAPI/WebSocket")]
    public async Task Handshake_WithToken_IsResult0(string path)
    {
        using var application = await Application.WithAccess(Host);
        await using var socket = await TestSocket.Open(Host, application.Origin, path);
        Assert.Equal("""{"result":0}""", (await socket.ShakeHands(application.Token)).GetRawText());
    }

    [Fact]
    public async Task SocketError1_NoTokenInTheFrame_IsAnsweredAndClosed()
    {
        await using var socket = await TestSocket.Open(Host, Application.DefaultOrigin);
        await socket.Send("{}");
        await AssertRefused(socket, 1);
    }

    [Fact]
    public async Task SocketError2_NoOrigin_IsAnsweredAndClosed()
    {
        await using var socket = await TestSocket.Open(Host, origin: null);
        await AssertRefused(socket, 2);
    }

    [Fact]
    public async Task SocketError3_UnknownToken_IsAnsweredAndClosed()
    {
        await using var socket = await TestSocket.Open(Host, Application.DefaultOrigin);
        await socket.Send("""{"accessToken":"unknown.token"}""");
        await AssertRefused(socket, 3);
    }

    [Fact]
    public async Task Shall02_TokenOfAnotherOriginOnTheSocket_Is3()
    {
        using var application = await Application.WithAccess(Host);
        await using var socket = await TestSocket.Open(Host, Application.OtherOrigin);
        await socket.Send($$"""{"accessToken":"{{application.Token}}"}""");
        await AssertRefused(socket, 3);
    }

    [Fact]
    public async Task SocketError4_SecondSocketOfTheSameClient_NewOneIsClosed()
    {
        using var application = await Application.WithAccess(Host);
        await using var first = await TestSocket.Connect(application);
        await using var second = await TestSocket.Open(Host, application.Origin);
        await second.Send($$"""{"accessToken":"{{application.Token}}"}""");
        await AssertRefused(second, 4);
        var device = await shared.Edge.AddHealth(HealthAttributes.Thermometer);
        await device.Measure("37.0");
        await application.Put(device.Path, device.Query);
        Assert.Equal(device.ServiceId, (await first.Next()).GetProperty("serviceId").GetString());
    }

    [Fact]
    public async Task Decision01_SocketsOfTwoClientsOfOneOrigin_DoNotDisturbEachOther()
    {
        using var one = await Application.WithAccess(Host);
        using var other = await Application.WithAccess(Host);
        await using var first = await TestSocket.Connect(one);
        await using var second = await TestSocket.Connect(other);
    }

    [Fact]
    public async Task ReplaceOldSocket_On_TheOldOneIsClosed()
    {
        await using var host = await GotapiHost.Start(("Gotapi:ReplaceOldSocket", "true"));
        using var application = await Application.WithAccess(host);
        await using var first = await TestSocket.Connect(application);
        await using var second = await TestSocket.Connect(application);
        Assert.True(await first.IsClosedByServer());
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[1]")]
    [InlineData("{\"accessToken\":")]
    [InlineData("""{"accessToken":"\ud800"}""")]
    public async Task SocketError5_FrameThatIsNoObject_IsAnsweredAndClosed(string frame)
    {
        await using var socket = await TestSocket.Open(Host, Application.DefaultOrigin);
        await socket.Send(frame);
        await AssertRefused(socket, 5);
    }

    [Fact]
    public async Task Shall16_NoTokenIn5Seconds_IsClosed()
    {
        await using var host = await GotapiHost.Start();
        await using var socket = await TestSocket.Open(host, Application.DefaultOrigin);
        var start = host.Clock.Now;
        var answer = await host.Clock.PassUntil(socket.Next());
        Assert.Equal(1, answer.GetProperty("errorCode").GetInt32());
        Assert.True(host.Clock.Now - start >= TimeSpan.FromSeconds(5));
        Assert.True(await socket.IsClosedByServer());
    }

    [Fact]
    public async Task Shall15_FrameOverTheLimit_ClosesTheSocket()
    {
        using var application = await Application.WithAccess(Host);
        await using var socket = await TestSocket.Connect(application);
        await socket.Send(new string('x', 9000));
        Assert.True(await socket.IsClosedByServer());
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, socket.CloseStatus);
    }

    [Fact]
    public async Task Shall15_OpenSocketsOverTheLimit_Are503()
    {
        await using var host = await GotapiHost.Start(("Gotapi:OpenSockets", "1"));
        using var application = await Application.WithAccess(host);
        await using var socket = await TestSocket.Connect(application);
        var fault = await Assert.ThrowsAsync<WebSocketException>(() => TestSocket.Open(host, Application.DefaultOrigin));
        Assert.Contains("503", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shall05_RevokedClient_LosesItsSocket()
    {
        using var application = await Application.WithAccess(Host);
        await using var socket = await TestSocket.Connect(application);
        await Host.ApplicationGrain(Application.DefaultOrigin).Revoke(application.ClientId);
        Assert.True(await socket.IsClosedByServer());
    }

    [Fact]
    public async Task Reauthorization_NewToken_ClosesTheSocketOfTheOldOneAndAcceptsTheNew()
    {
        using var application = await Application.WithAccess(Host);
        await using var old = await TestSocket.Connect(application);
        var reply = await application.Get($"/gotapi/authorization/accessToken?clientId={application.ClientId}&scope=health");
        Assert.True(await old.IsClosedByServer());
        await using var socket = await TestSocket.Open(Host, application.Origin);
        Assert.Equal(0, (await socket.ShakeHands(reply.String("accessToken"))).GetProperty("result").GetInt32());
    }

    [Fact]
    public async Task ClosedSocket_AnotherMayCome()
    {
        using var application = await Application.WithAccess(Host);
        await using (var first = await TestSocket.Connect(application))
        {
            await first.Close();
        }

        await Eventually.Is(() => Host.Session(application.ClientId).IsConnected(), connected => !connected);
        await using var second = await TestSocket.Connect(application);
    }

    [Fact]
    public async Task FramesAfterTheHandshake_AreIgnored()
    {
        var device = await shared.Edge.AddHealth(HealthAttributes.Thermometer);
        await device.Measure("37.0");
        using var application = await Application.WithAccess(Host);
        await using var socket = await TestSocket.Connect(application);
        await socket.Send("anything");
        await application.Put(device.Path, device.Query);
        Assert.Equal("thermometer", (await socket.Next()).GetProperty("attribute").GetString());
    }

    [Fact]
    public async Task WebSocketPath_WithoutUpgrade_IsAnsweredAsACall()
    {
        using var application = new Application(Host);
        Assert.Equal(13, (await application.Get("/gotapi/websocket")).Error);
    }

    [Fact]
    public async Task CloseSocketAfterLastMonitor_On_ClosesIt()
    {
        await using var host = await GotapiHost.Start(("Gotapi:CloseSocketAfterLastMonitor", "true"));
        var edge = await TestEdge.Connect(host);
        var device = await edge.AddHealth(HealthAttributes.Thermometer);
        using var application = await Application.WithAccess(host);
        await using var socket = await TestSocket.Connect(application);
        await application.Put(device.Path, device.Query);
        await application.Delete(device.Path, device.Query);
        Assert.True(await socket.IsClosedByServer());
    }

    /// <summary>A renewal that comes while the server waits for the goodbye does not attach again what goes.</summary>
    [Fact]
    public async Task SocketThatIsClosed_WhoseApplicationSaysNoGoodbye_IsInNobodysWay()
    {
        await using var host = await GotapiHost.Start(("Gotapi:CloseSocketAfterLastMonitor", "true"));
        var edge = await TestEdge.Connect(host);
        var device = await edge.AddHealth(HealthAttributes.Thermometer);
        var applications = new List<Application>();
        for (var i = 0; i < 16; i++)
        {
            applications.Add(await Application.WithAccess(host));
        }

        var sockets = await Task.WhenAll(applications.Select(TestSocket.Connect));
        foreach (var application in applications)
        {
            await application.Put(device.Path, device.Query);
            await application.Delete(device.Path, device.Query);
            await Eventually.Is(() => host.Session(application.ClientId).IsConnected(), connected => !connected);
        }

        for (var i = 0; i < 3; i++)
        {
            // A tenth of the sockets is renewed with each step; the server waits 2 s for a goodbye.
            host.Clock.Advance(TimeSpan.FromMilliseconds(500));
        }

        foreach (var application in applications)
        {
            await using var next = await TestSocket.Connect(application);
        }

        foreach (var (socket, application) in sockets.Zip(applications))
        {
            await socket.DisposeAsync();
            application.Dispose();
        }
    }

    private static async Task AssertRefused(TestSocket socket, int error)
    {
        var answer = await socket.Next();
        Assert.Equal((1, error), (answer.GetProperty("result").GetInt32(), answer.GetProperty("errorCode").GetInt32()));
        Assert.Equal(JsonValueKind.String, answer.GetProperty("errorMessage").ValueKind);
        Assert.True(await socket.IsClosedByServer());
    }
}
