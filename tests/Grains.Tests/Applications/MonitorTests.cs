using Dwapi.Grains.Applications;
using Dwapi.Grains.Tests.Runtime;

namespace Dwapi.Grains.Tests.Applications;

public sealed class MonitorTests : IAsyncLifetime
{
    private static readonly MonitorKey Key = new("dev", "health", "thermometer");
    private GrainHost _host = null!;
    private string _clientId = "";
    private ISessionGrain _session = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await GrainHost.Start(ApprovedClient.Policy);
        _clientId = await _host.Approved();
        _session = _host.Session(_clientId);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Decision02_Monitor_WaitsForTheFirstSocketFor60Seconds()
    {
        await _session.StartMonitor(Monitor());
        _host.Clock.Advance(TimeSpan.FromSeconds(60) - TimeSpan.FromTicks(1));

        var (_, result) = await _host.Attach(_clientId, "socket");

        Assert.Equal([Monitor()], result.Monitors);
    }

    [Fact]
    public async Task Decision02_Monitor_WithoutSocketFor60Seconds_Ends()
    {
        await _session.StartMonitor(Monitor());
        _host.Clock.Advance(TimeSpan.FromSeconds(60));

        Assert.Empty((await _host.Attach(_clientId, "socket")).Result.Monitors);
        Assert.Equal(-1, await _session.StopMonitor(Key));
    }

    [Fact]
    public async Task Decision02_Monitor_OutlivesItsSocketAndResumesAfterTheLastEventHandedToIt()
    {
        await _host.Attach(_clientId, "first");
        await _session.StartMonitor(Monitor() with { Gap = true });
        await _session.Detach("first", [new MonitorPosition(Key, 12)]);
        _host.Clock.Advance(TimeSpan.FromSeconds(59));

        var (_, result) = await _host.Attach(_clientId, "second");

        Assert.Equal([Monitor() with { After = 12, SendLatest = false, Gap = false }], result.Monitors);
    }

    [Fact]
    public async Task Decision02_Monitor_OfWhichNothingWasHandedOver_StillSendsTheLatest()
    {
        await _host.Attach(_clientId, "first");
        await _session.StartMonitor(Monitor());
        await _session.Detach("first", []);

        Assert.Equal([Monitor()], (await _host.Attach(_clientId, "second")).Result.Monitors);
    }

    [Fact]
    public async Task Decision02_Monitor_60SecondsAfterItsSocketWent_Ends()
    {
        await _host.Attach(_clientId, "first");
        await _session.StartMonitor(Monitor());
        await _session.Detach("first", []);
        _host.Clock.Advance(TimeSpan.FromSeconds(60));

        Assert.Empty((await _host.Attach(_clientId, "second")).Result.Monitors);
    }

    [Fact]
    public async Task Decision02_Monitor_WhileItsSocketLives_DoesNotEnd()
    {
        await _host.Attach(_clientId, "first");
        await _session.StartMonitor(Monitor());
        for (var i = 0; i < 12; i++)
        {
            _host.Clock.Advance(TimeSpan.FromSeconds(10));
            await _session.RenewSocket("first");
        }

        await _session.Detach("first", []);

        Assert.Single((await _host.Attach(_clientId, "second")).Result.Monitors);
    }

    [Fact]
    public async Task Decision02_StartMonitor_Again_ReplacesIt()
    {
        await _session.StartMonitor(Monitor());
        await _session.StartMonitor(Monitor() with { After = 30, SendLatest = false, Hmac = "other" });

        var monitor = Assert.Single((await _host.Attach(_clientId, "socket")).Result.Monitors);

        Assert.Equal((30, "other"), (monitor.After, monitor.Hmac));
    }

    [Fact]
    public async Task Decision02_Detach_WithAPositionOfAReplacedMonitor_DoesNotGoBack()
    {
        await _host.Attach(_clientId, "first");
        await _session.StartMonitor(Monitor() with { After = 30 });
        await _session.Detach("first", [new MonitorPosition(Key, 12)]);

        Assert.Equal(30, Assert.Single((await _host.Attach(_clientId, "second")).Result.Monitors).After);
    }

    [Fact]
    public async Task StartAndStopMonitor_WhileASocketIsThere_TellIt()
    {
        var (socket, _) = await _host.Attach(_clientId, "socket");

        await _session.StartMonitor(Monitor());
        var started = await socket.Next();
        var left = await _session.StopMonitor(Key);

        Assert.Equal("started thermometer", started);
        Assert.Equal("stopped thermometer", await socket.Next());
        Assert.Equal(0, left);
    }

    [Fact]
    public async Task StopMonitor_CountsThoseThatAreLeft()
    {
        await _session.StartMonitor(Monitor());
        await _session.StartMonitor(Monitor() with { Key = Key with { ServiceId = "other" } });

        Assert.Equal(1, await _session.StopMonitor(Key));
        Assert.Equal(-1, await _session.StopMonitor(Key));
    }

    [Fact]
    public async Task StopAllMonitors_LeavesNone()
    {
        await _session.StartMonitor(Monitor());
        await _session.StartMonitor(Monitor() with { Key = Key with { ServiceId = "other" } });

        await _session.StopAllMonitors();

        Assert.Empty((await _host.Attach(_clientId, "socket")).Result.Monitors);
    }

    [Fact]
    public async Task NewToken_KeepsTheMonitors()
    {
        await _host.Attach(_clientId, "first");
        await _session.StartMonitor(Monitor());

        await _host.Ask(_clientId);

        Assert.Single((await _host.Attach(_clientId, "second")).Result.Monitors);
    }

    [Fact]
    public async Task PluginGrant_IsKeptPerServiceUntilItIsForgotten()
    {
        var grant = new PluginGrant("plugin-client", "plugin-token");
        await _session.SetPluginGrant("dev", grant);

        var kept = await _session.GetPluginGrant("dev");
        var other = await _session.GetPluginGrant("other");
        await _session.SetPluginGrant("dev", null);

        Assert.Equal(grant, kept);
        Assert.Null(other);
        Assert.Null(await _session.GetPluginGrant("dev"));
    }

    private static SessionMonitor Monitor() => new(Key, "hmac", "e1", 7, SendLatest: true, Gap: false);
}
