using System.Net.WebSockets;
using System.Text;
using Dwapi.Gotapi.Frames;

namespace Dwapi.WebApi.Tests.PluginLink;

/// <summary>Frames that the link does not take: each ends it with an ERROR that names what is wrong.</summary>
public sealed class PluginLinkFrameTests(LinkHost host) : IClassFixture<LinkHost>
{
    public static TheoryData<string, string> Faulty => new()
    {
        { "{", "JSON" },
        { """{"method":"PING","acknowledged":0,"acknowledged":1}""", "JSON" },
        { """{"method":"DANCE"}""", "method" },
        { """{"method":"PING","acknowledged":-1}""", "acknowledged" },
        { """{"method":"EVENTS","items":[{"serviceId":"x"}]}""", "sequence" },
        { """{"method":"EVENTS","items":{}}""", "items" },
        { """{"method":"SERVICES","services":[{"serviceId":"no spaces","name":"n"}]}""", "serviceId" },
        { """{"method":"SERVICES","services":[{"serviceId":"s","name":"n","scopes":["thermometer"],"device":{"productName":1}}]}""", "productName" },
        { """{"method":"WELCOME","product":"p","version":"1","receiver":"r","credit":1,"position":0,"pingInterval":5}""", "server" },
        { "{\"method\":\"PING\",\"x\":" + new string('[', 40) + new string(']', 40) + "}", "JSON" },
        { "{\"method\":\"EVENTS\",\"items\":[" + new string(' ', LinkLimits.MaxItemsBytes) + "]}", "large" },
        { "{\"method\":\"PING\",\"x\":\"" + new string('x', LinkLimits.MaxFrameBytes) + "\"}", "1048576" },
    };

    [Theory]
    [MemberData(nameof(Faulty), DisableDiscoveryEnumeration = true)]
    public async Task Frame_ThatCannotBeTaken_IsErrorThatNamesItAndCloses(string frame, string named)
    {
        await using var client = await ConnectAsync();

        await client.SendAsync(frame);
        var error = await client.ReceiveAsync<ErrorFrame>();

        Assert.Equal(10, error.ErrorCode);
        Assert.Contains(named, error.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Frame_Binary_IsErrorAndCloses()
    {
        await using var client = await ConnectAsync();

        await client.SendAsync(Encoding.UTF8.GetBytes("""{"method":"PING"}"""), WebSocketMessageType.Binary);

        Assert.Contains("text", (await client.ReceiveAsync<ErrorFrame>()).ErrorMessage, StringComparison.Ordinal);
    }

    private async Task<LinkClient> ConnectAsync()
    {
        var edgeId = "fr-" + Guid.NewGuid().ToString("N")[..8];
        var client = await LinkClient.HelloAsync(host.Address, edgeId, await host.EnrolAsync(edgeId));
        await client.ReceiveAsync<WelcomeFrame>();
        return client;
    }
}
