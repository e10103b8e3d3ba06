using Dwapi.ActorRuntime.Tests.Runtime;
using Dwapi.Grains.Applications;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Edges;
using Dwapi.Grains.Hosting;
using Dwapi.Grains.Ports;
using Dwapi.Grains.Tenants;
using Dwapi.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dwapi.Grains.Tests.Runtime;

/// <summary>The grains on the actor runtime of this build, with a clock and a store that the test holds in its hands.</summary>
internal sealed class GrainHost : IAsyncDisposable
{
    public const string Tenant = "t";

    public const string Origin = "https://clinic.example";

    private readonly ActorCluster _cluster;
    private readonly SiloServices _silo;

    private GrainHost(ActorCluster cluster, SiloServices silo, FakeClock clock)
    {
        _cluster = cluster;
        _silo = silo;
        Clock = clock;
    }

    public FakeClock Clock { get; }

    public StoreProbe Store => (StoreProbe)_silo.Get<IMeasurementStore>();

    public IServiceRegistry Registry => _silo.Get<IServiceRegistry>();

    public IClusterClient Client => _cluster.Client;

    public ITenantGrain TenantGrain => Client.GetGrain<ITenantGrain>(Tenant);

    /// <summary>Starts the grains over the store in memory.</summary>
    /// <param name="settings">As in a configuration file, such as <c>Gotapi:ClientsPerOrigin</c>.</param>
    public static Task<GrainHost> Start(params (string Key, string Value)[] settings) => StartWith([.. settings, ("Dwapi:Store", "memory")]);

    /// <summary>Starts the grains over the files of a directory, as a server does.</summary>
    public static Task<GrainHost> StartIn(string directory, params (string Key, string Value)[] settings) =>
        StartWith([.. settings, ("Dwapi:Store", "sqlite"), ("Dwapi:DataDirectory", directory)]);

    /// <summary>Starts the grains over the files of a directory, with what the test adds.</summary>
    public static Task<GrainHost> StartIn(string directory, Action<IServiceCollection> configure, params (string Key, string Value)[] settings) =>
        StartWith([.. settings, ("Dwapi:Store", "sqlite"), ("Dwapi:DataDirectory", directory)], configure);

    /// <summary>Starts the grains over a PostgreSQL database.</summary>
    public static Task<GrainHost> StartOn(string connectionString, params (string Key, string Value)[] settings) =>
        StartWith([.. settings, ("ConnectionStrings:Dwapi", connectionString)]);

    // A store in memory can be shared by silos of one process, a file cannot.
    private static async Task<GrainHost> StartWith((string Key, string Value)[] settings, Action<IServiceCollection>? configure = null)
    {
        var memory = settings.Contains(("Dwapi:Store", "memory"));
        var stores = new SharedStores();
        var clock = new FakeClock();
        var services = new SiloServices();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Tenancy:Default", Tenant)])
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value))
            .Build();

        // A call may last as long as its test: a clock that is moved on is no slow call.
        var runtime = new ClusterSettings { Time = clock, Silos = (short)(memory ? 2 : 1), ResponseTimeout = TimeSpan.FromDays(1) };
        var cluster = await ActorCluster.StartAsync(runtime, silo =>
        {
            silo.Services.UseGrainClock(clock);
            silo.Services.AddSingleton<IConfiguration>(configuration);
            silo.Services.AddDwapiGrains(configuration);
            silo.Services.AddDwapiStorage();
            silo.Services.ProbeStore();
            stores.ShareIn(silo.Services);
            configure?.Invoke(silo.Services);
            silo.Services.AddHostedService(provider => services.Capture(provider));
            silo.AddMemoryGrainStorage("PubSubStore");
            silo.AddMemoryStreams(Streams.Provider);
        });
        return new GrainHost(cluster, services, clock);
    }

    public IDeviceGrain Device(string serviceId) => Client.GetGrain<IDeviceGrain>(TenantKey.Of(Tenant, serviceId));

    public IEdgeGrain Edge(string edgeId) => Client.GetGrain<IEdgeGrain>(TenantKey.Of(Tenant, edgeId));

    public IApplicationGrain Application(string origin = Origin) => Client.GetGrain<IApplicationGrain>(TenantKey.Of(Tenant, origin));

    public ISessionGrain Session(string clientId) => Client.GetGrain<ISessionGrain>(TenantKey.Of(Tenant, clientId));

    /// <summary>As a web node in the silo's process subscribes.</summary>
    public Task<Received<T>> Subscribe<T>(string streamNamespace, string key) => Received<T>.From(
        _silo.Get<IClusterClient>().GetStreamProvider(Streams.Provider).GetStream<T>(StreamId.Create(streamNamespace, key)), Clock);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
