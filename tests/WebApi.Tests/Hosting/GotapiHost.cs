using Dwapi.Grains;
using Dwapi.Grains.Applications;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Edges;
using Dwapi.Grains.Hosting;
using Dwapi.Grains.Tenants;
using Dwapi.Grains.Tests.Runtime;
using Dwapi.Storage;
using Dwapi.WebApi.PluginLink;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace Dwapi.WebApi.Tests.Hosting;

/// <summary>The web layer on real Kestrel with the real grains, a clock in the test's hand and one connected edge.</summary>
public sealed class GotapiHost : IAsyncDisposable
{
    public const string Tenant = TenantKey.DefaultTenant;

    private const string LossyInner = "inner";

    private readonly WebApplication _app;

    private GotapiHost(WebApplication app, TimeProvider time, LogLines log)
    {
        _app = app;
        Time = time;
        Log = log;
    }

    public TimeProvider Time { get; }

    /// <summary>The clock in the test's hand; of a host that was not started on the real one.</summary>
    public FakeClock Clock => (FakeClock)Time;

    public LogLines Log { get; }

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    public IClusterClient Client => Services.GetRequiredService<IClusterClient>();

    /// <summary>The stream provider, which can be told to lose what is published.</summary>
    public LossyStreams StreamProvider => Services.GetRequiredKeyedService<LossyStreams>(Streams.Provider);

    public ITenantGrain TenantGrain => Client.GetGrain<ITenantGrain>(Tenant);

    /// <param name="settings">As in a configuration file, such as <c>Gotapi:StrictHttpStatus</c>.</param>
    public static Task<GotapiHost> Start(params (string Key, string Value)[] settings) => Start(static _ => { }, settings);

    /// <param name="configure">What the silo has besides.</param>
    /// <param name="settings">As in a configuration file, such as <c>Gotapi:StrictHttpStatus</c>.</param>
    public static Task<GotapiHost> Start(Action<ISiloBuilder> configure, params (string Key, string Value)[] settings)
    {
        return Start(new FakeClock(), Silo, settings);

        void Silo(ISiloBuilder silo, string streams)
        {
            TestSilo.Streams(silo, streams);
            configure(silo);
        }
    }

    /// <param name="time">The clock of web layer and grains.</param>
    /// <param name="streams">Adds the streams of a name.</param>
    /// <param name="settings">As in a configuration file.</param>
    internal static async Task<GotapiHost> Start(
        TimeProvider time, Action<ISiloBuilder, string> streams, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var log = new LogLines();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Gotapi:Approvals:0:Origins:0"] = Application.DefaultOrigin,
            ["Gotapi:Approvals:0:Origins:1"] = Application.OtherOrigin,
            ["Gotapi:Approvals:0:Origins:2"] = Application.SignedOrigin,
            ["Gotapi:Approvals:0:Scopes:0"] = "*",
            ["Gotapi:AuthorizationsPerMinute"] = "100000",
            ["Dwapi:Store"] = "memory",
            ["Gotapi:ClientsPerOrigin"] = "100000",
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value));
        builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace);
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(time);
        builder.Services.AddDwapiStorage();
        builder.Services.AddDwapiGrains(builder.Configuration);
        builder.Services.AddGotapi();
        builder.Services.AddPluginLink();
        builder.UseOrleans(silo =>
        {
            silo.UseTestCluster();
            silo.AddMemoryGrainStorage("PubSubStore");
            streams(silo, LossyInner);
        });
        builder.Services.AddKeyedSingleton(
            Streams.Provider, (services, _) => new LossyStreams(services.GetRequiredKeyedService<IStreamProvider>(LossyInner)));
        builder.Services.AddKeyedSingleton<IStreamProvider>(
            Streams.Provider, (services, _) => services.GetRequiredKeyedService<LossyStreams>(Streams.Provider));
        var app = builder.Build();
        app.MapGotapi();
        app.MapPluginLink();
        await app.StartAsync();
        return new GotapiHost(app, time, log) { Address = new Uri(app.Urls.First()) };
    }

    public IDeviceGrain Device(string serviceId) => Client.GetGrain<IDeviceGrain>(TenantKey.Of(Tenant, serviceId));

    public IEdgeGrain Edge(string edgeId) => Client.GetGrain<IEdgeGrain>(TenantKey.Of(Tenant, edgeId));

    public IApplicationGrain ApplicationGrain(string origin) => Client.GetGrain<IApplicationGrain>(TenantKey.Of(Tenant, origin));

    public ISessionGrain Session(string clientId) => Client.GetGrain<ISessionGrain>(TenantKey.Of(Tenant, clientId));

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
