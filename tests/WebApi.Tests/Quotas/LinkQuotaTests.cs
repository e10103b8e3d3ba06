using System.Globalization;
using Dwapi.Gotapi.Frames;
using Dwapi.Grains;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Tenants;
using Dwapi.Grains.Tests.Runtime;
using Dwapi.WebApi.Tests.Hosting;
using Dwapi.WebApi.Tests.PluginLink;

namespace Dwapi.WebApi.Tests.Quotas;

/// <summary>Quotas on the plug-in link: a tenant that sends too much waits for its credits, loses nothing, and delays nobody else.</summary>
public sealed class LinkQuotaTests : IAsyncLifetime
{
    private const int Quota = 20;

    private readonly FakeClock _clock = new();
    private readonly LinkHost _host;

    public LinkQuotaTests() => _host = new LinkHost
    {
        Clock = _clock,
        Settings =
        {
            ["Tenancy:Tenants:noisy:Quotas:EventsPerSecond"] = Quota.ToString(CultureInfo.InvariantCulture),
            ["Tenancy:Tenants:calm:HostNames:0"] = "calm.example",
            ["Tenancy:Tenants:small:Quotas:Devices"] = "1",
            ["Tenancy:Tenants:full:Quotas:StoredMeasurements"] = "3",
        },
    };

    [Fact]
    public async Task Events_TenTimesTheQuota_AreTakenAtTheQuota_NothingIsLost_AndAnotherTenantIsNotSlowed()
    {
        const int Seconds = 5;
        await using var noisy = await ConnectAsync("noisy");
        var credit = (await noisy.ReceiveAsync<WelcomeFrame>()).Credit;
        Assert.Equal(Quota / 4, credit);
        await noisy.SendAsync(LinkFrames.Services("t1"));
        await using var calm = await ConnectAsync("calm");
        Assert.Equal(4000, (await calm.ReceiveAsync<WelcomeFrame>()).Credit);
        await calm.SendAsync(LinkFrames.Services("t1"));

        // The noisy edge has ten times its quota to send and sends whatever it may; calm sends the same and is never refused a credit.
        const int Backlog = Seconds * Quota * 10;
        foreach (var frame in Enumerable.Range(1, Backlog).Chunk(500))
        {
            await calm.SendAsync(LinkFrames.Events(frame.Select(i => ((long)i, "t1"))));
        }

        Assert.Equal(Backlog, (await calm.AcknowledgedAsync(Backlog)).Sum(ack => ack.Credit));

        var sent = 0;
        var acknowledged = 0L;
        var start = _clock.Now;
        while (_clock.Now - start < TimeSpan.FromSeconds(Seconds))
        {
            if (credit > 0)
            {
                await noisy.SendAsync(LinkFrames.Events(Enumerable.Range(sent + 1, credit).Select(i => ((long)i, "t1"))));
                sent += credit;
                credit = 0;
            }

            var answer = noisy.ReceiveAsync<AckFrame>();
            while (!answer.IsCompleted && _clock.Now - start < TimeSpan.FromSeconds(Seconds))
            {
                _clock.Advance(TimeSpan.FromMilliseconds(10));
                await Task.WhenAny(answer, Task.Delay(1, TestContext.Current.CancellationToken));
            }

            var ack = await _clock.PassUntil(answer);
            credit += ack.Credit;
            acknowledged = ack.Sequence;
        }

        // What it may send is the quota, and a quarter of a second in advance.
        Assert.InRange(sent, Quota, (Seconds + 1) * Quota);
        while (acknowledged < sent)
        {
            acknowledged = (await _clock.PassUntil(noisy.ReceiveAsync<AckFrame>())).Sequence;
        }

        Assert.Equal(sent, await CountAsync("noisy"));
    }

    [Fact]
    public async Task Services_AboveTheQuota_TheirMeasurementsAreRefusedWithTheLimit_TheOthersGoOn()
    {
        await using var client = await ConnectAsync("small");
        await client.ReceiveAsync<WelcomeFrame>();
        await client.SendAsync(LinkFrames.Services("t1", "t2"));
        await client.SendAsync(LinkFrames.Events((1, "t1"), (2, "t2"), (3, "t1")));

        var refused = Assert.Single((await client.AcknowledgedAsync(3)).SelectMany(ack => ack.Refused));

        Assert.Equal((2, 17), (refused.Sequence, refused.ErrorCode));
        Assert.Contains("Tenancy:Tenants:small:Quotas:Devices = 1", refused.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(2, await CountAsync("small"));
    }

    [Fact]
    public async Task Events_AboveTheStorageQuota_AreHeldWithTheLinkUp_AndTakenOnceThereIsRoom()
    {
        await using var client = await ConnectAsync("full");
        await client.ReceiveAsync<WelcomeFrame>();
        await client.SendAsync(LinkFrames.Services("t1"));
        await client.SendAsync(LinkFrames.Events((1, "t1"), (2, "t1"), (3, "t1")));
        await client.AcknowledgedAsync(3);

        await client.SendAsync(LinkFrames.Events((4, "t1")));
        await client.SendAsync(new PingFrame(3));
        await client.ReceiveAsync<PongFrame>();
        Assert.Equal(3, await CountAsync("full"));
        await _host.Store.Retain("full", "thermometer", null, LinkFrames.Time + 1, CancellationToken.None);

        Assert.Equal(4, (await _clock.PassUntil(client.ReceiveAsync<AckFrame>())).Sequence);
    }

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task<LinkClient> ConnectAsync(string tenant) => await LinkClient.HelloAsync(
        _host.Address, "ward", await _host.Grains.GetGrain<ITenantGrain>(tenant).EnrolEdge("ward", "ward"));

    private async Task<long> CountAsync(string tenant) =>
        (await _host.Grains.GetGrain<IDeviceGrain>(TenantKey.Of(tenant, "t1")).Lease("test")).Heads.Single().Sequence;
}
