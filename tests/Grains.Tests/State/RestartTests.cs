using Dwapi.Grains.Applications;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Edges;
using Dwapi.Grains.Tests.Runtime;

namespace Dwapi.Grains.Tests.State;

/// <summary>What is still there after the process ended and started again on the same data directory.</summary>
public class RestartTests : IDisposable
{
    private static readonly MonitorKey Key = new("dev", "health", "thermometer");
    private readonly TemporaryDirectory _directory = new();

    public void Dispose()
    {
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Session_KeepsTokenScopesAndKey()
    {
        string clientId;
        SessionSnapshot before;
        await using (var host = await Start())
        {
            await host.Application().OfferKey("10.0.0.1", new HmacKey("aa", Ascii: true));
            clientId = await host.Approved();
            before = (await host.Session(clientId).GetSession())!;
        }

        await using var again = await Start();
        var after = (await again.Session(clientId).GetSession())!;

        Assert.Equal(before.TokenHash.ToArray(), after.TokenHash.ToArray());
        Assert.Equal(before.Scopes, after.Scopes);
        Assert.Equal((before.Origin, before.Key), (after.Origin, after.Key));
        Assert.NotNull(after.Key);
    }

    [Fact]
    public async Task Decision02_Monitor_WaitsForASocketAgainAndResumes()
    {
        string clientId;
        await using (var host = await Start())
        {
            clientId = await host.Approved();
            await host.Attach(clientId, "socket");
            await host.Session(clientId).StartMonitor(new SessionMonitor(Key, "hmac", "e1", 7, SendLatest: true, Gap: false));
        }

        await using var again = await Start();
        var renewed = await again.Session(clientId).RenewSocket("socket");
        var (_, result) = await again.Attach(clientId, "socket");

        Assert.False(renewed);
        Assert.Equal(7, Assert.Single(result.Monitors).After);
    }

    [Fact]
    public async Task Decision02_Monitor_EndsWhenNoSocketComesWithin60Seconds()
    {
        string clientId;
        await using (var host = await Start())
        {
            clientId = await host.Approved();
            await host.Attach(clientId, "socket");
            await host.Session(clientId).StartMonitor(new SessionMonitor(Key, "hmac", "e1", 7, SendLatest: true, Gap: false));
        }

        await using var again = await Start();
        await again.Session(clientId).GetSession();
        again.Clock.Advance(TimeSpan.FromSeconds(60));

        Assert.Empty((await again.Attach(clientId, "next")).Result.Monitors);
    }

    [Fact]
    public async Task Application_KeepsItsClientsAndSaysWhoIsNotConnectedAnyMore()
    {
        string clientId;
        await using (var host = await Start())
        {
            clientId = await host.Approved();
            await host.Attach(clientId, "socket");
            await host.Application().SetOriginKey(new HmacKey("00ff", Ascii: false));
        }

        await using var again = await Start();
        var client = Assert.Single(await again.Application().GetClients());

        Assert.True(client is { Approved: true, Connected: false, ApplicationName: "Ward board" });
        Assert.Equal(clientId, client.ClientId);
        Assert.Equal("00ff", (await again.Application().GetOriginKey())!.Text);
        Assert.Equal([GrainHost.Origin], await again.TenantGrain.GetApplications());
    }

    [Fact]
    public async Task Edge_KeepsItsEnrolmentAndItsServicesAreOfflineUntilItConnects()
    {
        string key;
        await using (var host = await Start())
        {
            var edge = await ConnectedEdge.Connect(host);
            await edge.Announce(Some.Service());
            key = edge.Key;
        }

        await using var again = await Start();
        var services = await again.Edge("edge").GetServices("", 10, CancellationToken.None);
        var link = new ProbeLink();
        var connected = await again.Edge("edge").Connect(Some.Hello(key), again.Client.CreateObjectReference<IEdgeLink>(link), "link");

        Assert.False(Assert.Single(services.Services).Online);
        Assert.Equal(0, connected.ErrorCode);
        Assert.Equal(["edge"], await again.TenantGrain.GetEdges());
        GC.KeepAlive(link);
    }

    [Fact]
    public async Task Decision13_Device_GoesOnWithItsSequenceAndItsLatest()
    {
        await using (var host = await Start())
        {
            await (await ConnectedEdge.Connect(host)).Announce(Some.Service());
            await host.Device("dev").Report(Some.Batch(Some.Item(1, at: 1), Some.Item(2, at: 2)), CancellationToken.None);
        }

        await using var again = await Start();
        var before = await again.Device("dev").GetLatest(Some.Thermometer);
        var result = await again.Device("dev").Report(Some.Batch(Some.Item(2, at: 2), Some.Item(3, at: 3)), CancellationToken.None);

        Assert.Equal(2, before.Latest!.Sequence);
        Assert.Equal([ReportOutcome.Duplicate, ReportOutcome.Committed], result.Outcomes);
        Assert.Equal(3, (await again.Device("dev").GetLatest(Some.Thermometer)).Head);
    }

    private protected virtual Task<GrainHost> Start() => GrainHost.StartIn(_directory.Path, ApprovedClient.Policy);
}
