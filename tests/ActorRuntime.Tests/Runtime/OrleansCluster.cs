using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Reminders;
using Orleans.TestingHost;

namespace Dwapi.ActorRuntime.Tests.Runtime;

/// <summary>The runtime under test: Microsoft Orleans, silos in this process and a client outside them, so that calls of a test are serialized.</summary>
public sealed class ActorCluster : IAsyncDisposable
{
    /// <summary>The clocks that a grain can notice. Membership and other maintenance stay on the real one, or a clock that is moved by hours would kill the silo.</summary>
    private static readonly string[] s_grainClocks =
    [
        TimeProviderNames.Grains, TimeProviderNames.Messaging, TimeProviderNames.ActivationManagement, ReminderTimeProviderNames.Reminders,
    ];

    private readonly InProcessTestCluster _cluster;

    private ActorCluster(InProcessTestCluster cluster) => _cluster = cluster;

    public IClusterClient Client => _cluster.Client;

    public static async Task<ActorCluster> StartAsync(ClusterSettings settings, Action<ISiloBuilder>? configure = null)
    {
        var builder = new InProcessTestClusterBuilder(settings.Silos);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            AddClocks(silo.Services, settings.Time);
            silo.Configure<SiloMessagingOptions>(options => Configure(options, settings));
            silo.Configure<GrainCollectionOptions>(options =>
            {
                options.CollectionAge = settings.CollectionAge;
                options.CollectionQuantum = settings.CollectionQuantum;
            });
            silo.Configure<ReminderOptions>(options => options.MinimumReminderPeriod = settings.MinimumReminderPeriod);
            silo.Services.AddLogging(static logging => logging.SetMinimumLevel(LogLevel.Warning));
            configure?.Invoke(silo);
        });
        builder.ConfigureClient(client =>
        {
            AddClocks(client.Services, settings.Time);
            client.Configure<ClientMessagingOptions>(options => Configure(options, settings));
            if (settings.ClientStreams is { } streams)
            {
                client.AddMemoryStreams(streams);
            }
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        await SilosKnowEachOther(cluster);
        return new ActorCluster(cluster);
    }

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    // A deployment goes on after a tenth of a second even when they do not: what is in a stream's queue that moves to the other silo is lost then.
    private static async Task SilosKnowEachOther(InProcessTestCluster cluster)
    {
        // Longer than the minute in which each reads the table of members by itself.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (!cluster.Silos.All(silo => KnownTo(silo.SiloAddress) == cluster.Silos.Count))
        {
            await Task.Delay(10, patience.Token);
        }

        int KnownTo(SiloAddress silo) =>
            cluster.GetSiloServiceProvider(silo).GetRequiredService<ISiloStatusOracle>().GetApproximateSiloStatuses(onlyActive: true).Count;
    }

    private static void Configure(MessagingOptions options, ClusterSettings settings)
    {
        options.ResponseTimeout = settings.ResponseTimeout;
        // Not Orleans' default. The product sets it too: who gave up waiting has no use for the work.
        options.CancelRequestOnTimeout = true;
    }

    private static void AddClocks(IServiceCollection services, TimeProvider? time)
    {
        if (time is null)
        {
            return;
        }

        foreach (var clock in s_grainClocks)
        {
            services.AddKeyedSingleton(clock, time);
        }
    }
}
