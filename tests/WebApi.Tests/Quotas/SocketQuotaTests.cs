using System.Net.WebSockets;
using Dwapi.WebApi.Doors;
using Dwapi.WebApi.Tests.Hosting;
using Dwapi.WebApi.Tests.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Dwapi.WebApi.Tests.Quotas;

/// <summary>A tenant's quota of GotAPI-5 sockets, on one node and on two.</summary>
public sealed class SocketQuotaTests
{
    [Fact]
    public async Task Socket_AboveTheQuota_IsRefusedWithLimitAndWhenToRetry_AndFitsAfterAnotherClosed()
    {
        await using var host = await GotapiHost.Start(("Tenancy:Quotas:Sockets", "2"));
        using var application = new Application(host);
        await using var first = await TestSocket.Open(host, application.Origin);
        await using (await TestSocket.Open(host, application.Origin))
        {
            var refusal = await Upgrade(application);
            Assert.Equal(503, refusal.Status);
            Assert.Equal(17, refusal.Error);
            Assert.Equal("5", refusal.Header("Retry-After"));
            Assert.Contains("Tenancy:Tenants:default:Quotas:Sockets = 2", refusal.Message, StringComparison.Ordinal);
        }

        await Dwapi.Grains.Tests.Runtime.Eventually.Is(
            () => new ValueTask<bool>(host.Services.GetRequiredService<SocketCount>().Open == 1), open => open);
        await using var another = await TestSocket.Open(host, application.Origin);
    }

    [Fact]
    public async Task Sockets_OfTwoNodes_AreNeverMoreThanTheQuota()
    {
        await using var host = await GotapiHost.Start(("Tenancy:Quotas:Sockets", "3"));
        await using var second = await WebNode.Join(host, ("Tenancy:Quotas:Sockets", "3"));
        var open = new List<TestSocket>();
        for (var i = 0; i < 6; i++)
        {
            try
            {
                open.Add(await TestSocket.Open(i % 2 == 0 ? host.Address : second.Address, Application.DefaultOrigin));
            }
            catch (WebSocketException)
            {
                // Refused.
            }
        }

        Assert.InRange(open.Count, 2, 3);
        foreach (var socket in open)
        {
            await socket.DisposeAsync();
        }
    }

    // A refused upgrade is an ordinary answer.
    private static Task<Reply> Upgrade(Application application) => application.Send(
        HttpMethod.Get,
        "/gotapi/websocket",
        null,
        ("Connection", "Upgrade"),
        ("Upgrade", "websocket"),
        ("Sec-WebSocket-Version", "13"),
        ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));
}
