using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Dwapi.Gotapi.Frames;

namespace Dwapi.WebApi.Tests.PluginLink;

/// <summary>DECISIONS 29: who may open the link.</summary>
public sealed class PluginLinkDoorTests(LinkHost host) : IClassFixture<LinkHost>
{
    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://127.0.0.1:4035")]
    [InlineData("null")]
    public async Task Upgrade_WithAnOrigin_Is403WithError18_Decision29(string origin)
    {
        var client = new ClientWebSocket();
        client.Options.SetRequestHeader("Origin", origin);
        client.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => client.ConnectAsync(
            new UriBuilder(host.Address) { Scheme = "ws", Path = LinkLimits.Path }.Uri, TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.Forbidden, client.HttpStatusCode);
    }

    [Fact]
    public async Task Get_WithAnOrigin_SaysError18InJson_Decision29()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, LinkLimits.Path));
        request.Headers.Add("Origin", "https://evil.example");

        using var answer = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);

        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(1, body.RootElement.GetProperty("result").GetInt32());
        Assert.Equal(18, body.RootElement.GetProperty("errorCode").GetInt32());
    }

    [Fact]
    public async Task Hello_RightKey_IsWelcomedWithCreditAndPosition()
    {
        var key = await host.EnrolAsync("door-right");
        await using var client = await LinkClient.HelloAsync(host.Address, "door-right", key, acknowledged: 41);

        var welcome = await client.ReceiveAsync<WelcomeFrame>();

        Assert.True(welcome.Credit > 0);
        Assert.Equal(41, welcome.Position);
    }

    [Fact]
    public async Task Hello_WrongSecret_IsError15AndClosed_Decision29()
    {
        var key = await host.EnrolAsync("door-wrong");
        await using var client = await LinkClient.HelloAsync(host.Address, "door-wrong", key[..^1] + (key[^1] == 'A' ? 'B' : 'A'));

        var error = await client.ReceiveAsync<ErrorFrame>();
        Assert.Equal(15, error.ErrorCode);
        Assert.Contains("key", error.ErrorMessage, StringComparison.Ordinal);
        Assert.Null(await client.ReceiveAsync());
    }

    [Fact]
    public async Task Hello_KeyOfAnotherEdge_IsError15AndClosed_Decision29()
    {
        await host.EnrolAsync("door-mine");
        var other = await host.EnrolAsync("door-other");
        await using var client = await LinkClient.HelloAsync(host.Address, "door-mine", other);

        Assert.Equal(15, (await client.ReceiveAsync<ErrorFrame>()).ErrorCode);
        Assert.Null(await client.ReceiveAsync());
    }

    [Theory]
    [InlineData("""{"method":"PING","acknowledged":0}""")]
    [InlineData("""{"method":"EVENTS","items":[]}""")]
    [InlineData("not json")]
    public async Task FirstFrame_IsNotHello_IsErrorAndClosed_Decision29(string frame)
    {
        await using var client = await LinkClient.OpenAsync(host.Address);
        await client.SendAsync(frame);

        Assert.Equal(10, (await client.ReceiveAsync<ErrorFrame>()).ErrorCode);
        Assert.Null(await client.ReceiveAsync());
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, client.CloseStatus);
    }

    [Fact]
    public async Task Link_OfAnEdgeThatIsSwitchedOff_IsClosedWithError21_Decision4()
    {
        var key = await host.EnrolAsync("door-off");
        await using var client = await LinkClient.HelloAsync(host.Address, "door-off", key);
        await client.ReceiveAsync<WelcomeFrame>();

        await host.Edge("door-off").SetEnabled(false);

        Assert.Equal(21, (await client.ReceiveAsync<ErrorFrame>()).ErrorCode);
        await using var again = await LinkClient.HelloAsync(host.Address, "door-off", key);
        Assert.Equal(21, (await again.ReceiveAsync<ErrorFrame>()).ErrorCode);
    }

    [Fact]
    public async Task Link_OfTheSameEdgeAgain_TakesOverAndTheOldOneIsClosed()
    {
        var key = await host.EnrolAsync("door-twice");
        await using var first = await LinkClient.HelloAsync(host.Address, "door-twice", key);
        await first.ReceiveAsync<WelcomeFrame>();

        await using var second = await LinkClient.HelloAsync(host.Address, "door-twice", key);
        await second.ReceiveAsync<WelcomeFrame>();

        Assert.Equal(22, (await first.ReceiveAsync<ErrorFrame>()).ErrorCode);
        Assert.Null(await first.ReceiveAsync());
        Assert.True((await host.Edge("door-twice").GetStatus()).Connected);
    }
}
