using System.Collections.Concurrent;
using Dwapi.Grains;
using Dwapi.Grains.Applications;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Edges;
using Dwapi.Grains.Hosting;
using Dwapi.Grains.Ports;
using Dwapi.Grains.Tenants;
using Dwapi.Storage;
using Dwapi.WebApi.Fhir;
using Dwapi.WebApi.Management;
using Dwapi.WebApi.Management.Console;
using Dwapi.WebApi.PluginLink;
using Dwapi.WebApi.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dwapi.WebApi.Tests.PluginLink;

/// <summary>The link, the management API and the console on Kestrel, over the real grains and a store in memory.</summary>
public sealed class LinkHost : IAsyncLifetime
{
    public const string Tenant = TenantKey.DefaultTenant;

    private readonly ConcurrentDictionary<string, string> _keys = [];
    private readonly string _directory = Directory.CreateTempSubdirectory("dwapi-link").FullName;
    private WebApplication? _app;

    /// <summary>The clock of the server and its grains; null for the system's.</summary>
    internal TimeProvider? Clock { get; init; }

    /// <summary>As in a configuration file, such as <c>Gotapi:PluginTimeout</c>.</summary>
    internal Dictionary<string, string?> Settings { get; } = [];

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    /// <summary>The text of <c>admin.token</c>.</summary>
    public string AdminToken => File.ReadAllText(Path.Combine(_directory, "admin.token")).Trim();

    public string DataDirectory => _directory;

    internal StoreGate Store => (StoreGate)_app!.Services.GetRequiredService<IMeasurementStore>();

    internal IServiceProvider Services => _app!.Services;

    internal IGrainFactory Grains => _app!.Services.GetRequiredService<IGrainFactory>();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection([new("Dwapi:DataDirectory", _directory), new("Dwapi:Store", "memory")]);
        builder.Configuration.AddInMemoryCollection(Settings);
        if (Clock is not null)
        {
            builder.Services.AddSingleton(Clock);
        }

        builder.UseOrleans(silo =>
        {
            silo.Services.AddDwapiGrains(builder.Configuration);
            silo.Services.AddDwapiStorage();
            var store = silo.Services.Single(service => service.ServiceType == typeof(IMeasurementStore)).ImplementationFactory!;
            silo.Services.Replace(ServiceDescriptor.Singleton<IMeasurementStore>(
                services => new StoreGate((IMeasurementStore)store(services))));

            // The daily retention wants more of the store than its port; no test of the link is about it.
            silo.Services.Remove(silo.Services.Single(service =>
                service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Name == "RetentionService"));
            silo.UseTestCluster();
            silo.AddMemoryGrainStorage("PubSubStore");
            silo.AddMemoryStreams(Streams.Provider);
        });
        builder.Services.AddPluginLink().AddManagement();
        _app = builder.Build();
        _app.MapPluginLink();
        _app.MapManagement();
        _app.MapConsole();
        _app.MapFhir();
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Address = new Uri(_app.Urls.Single());
        Http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = Address };
    }

    internal IEdgeGrain Edge(string edgeId) => Grains.GetGrain<IEdgeGrain>(TenantKey.Of(Tenant, edgeId));

    internal IDeviceGrain Device(string serviceId) => Grains.GetGrain<IDeviceGrain>(TenantKey.Of(Tenant, serviceId));

    internal ITenantGrain TenantGrain => Grains.GetGrain<ITenantGrain>(Tenant);

    internal IApplicationGrain Application(string origin) => Grains.GetGrain<IApplicationGrain>(TenantKey.Of(Tenant, origin));

    internal ISessionGrain Session(string clientId) => Grains.GetGrain<ISessionGrain>(TenantKey.Of(Tenant, clientId));

    /// <summary>Adds an edge and gives its key.</summary>
    internal async Task<string> EnrolAsync(string edgeId) => _keys[edgeId] = await TenantGrain.EnrolEdge(edgeId, $"Edge {edgeId}");

    internal string KeyOf(string edgeId) => _keys[edgeId];

    /// <summary>Waits for what another turn will do: each look is a call, so the grains go on meanwhile.</summary>
    internal async Task UntilAsync(Func<Task<bool>> look)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await look())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(20), "It did not happen within 20 s.");
            await Task.Yield();
        }
    }

    /// <summary>Stops it as a signal does.</summary>
    internal Task StopAsync() => _app!.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app!.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
