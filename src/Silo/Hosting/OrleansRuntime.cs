using Dwapi.Grains;
using Dwapi.Grains.Settings;
using Dwapi.Silo.Hosting.Cluster;
using Orleans.Configuration;

namespace Dwapi.Silo.Hosting;

/// <summary>
/// The actor runtime of this build: Microsoft Orleans. With a connection string named <see cref="ClusterSettings.ConnectionString"/> the process
/// is one of a cluster, without it a silo of its own.
/// </summary>
internal static class ActorRuntime
{
    /// <summary>As the banner names it.</summary>
    public const string Name = "Orleans";

    // The stock period of 100 ms is what every event would wait on its way to a WebSocket.
    private static readonly TimeSpan StreamPolling = TimeSpan.FromMilliseconds(10);

    /// <summary>One role alone needs a cluster in which the other is.</summary>
    /// <exception cref="StartUpException">There is none.</exception>
    public static void Check(IConfiguration configuration, bool silo, bool web)
    {
        if (silo != web && !InCluster(configuration))
        {
            throw new StartUpException(
                $"Dwapi:Roles={(silo ? "silo" : "web")} needs a cluster: give every process the same PostgreSQL database with ConnectionStrings:{ClusterSettings.ConnectionString}, or use Dwapi:Roles=silo,web.");
        }
    }

    /// <summary>Adds a silo or, to a process without grains of its own, a client of the cluster's silos.</summary>
    public static void AddActorRuntime(this WebApplicationBuilder builder, bool silo)
    {
        // It tells some two hundred lines about each start; what is wrong is a warning.
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        builder.Logging.AddFilter("Polly", LogLevel.Warning);

        // The queues of the notifications move whenever a silo comes or goes. What is lost then is read again by its sequence.
        builder.Logging.AddFilter("Orleans.Providers.MemoryAdapterReceiver", LogLevel.None);
        if (InCluster(builder.Configuration))
        {
            builder.Services.AddHostedService<ClusterCheck>();
        }

        if (silo)
        {
            builder.UseOrleans(Add);
        }
        else
        {
            builder.UseOrleansClient(Add);
        }
    }

    private static void Add(ISiloBuilder silo)
    {
        if (InCluster(silo.Configuration))
        {
            silo.UseCluster(silo.Configuration);
        }
        else
        {
            silo.UseOwnSilo();
        }

        silo.AddMemoryStreams(Streams.Provider, static streams =>
            streams.ConfigurePullingAgent(static agent => agent.Configure(static options => options.GetQueueMsgsTimerPeriod = StreamPolling)));
        silo.Configure<SiloMessagingOptions>(Set);
    }

    private static void Add(IClientBuilder client)
    {
        client.UseCluster(client.Configuration);
        client.AddMemoryStreams(Streams.Provider);
        client.Configure<ClientMessagingOptions>(Set);
    }

    // Not Orleans' default: who gave up waiting has no use for the work. The embedded runtime does the same.
    private static void Set(MessagingOptions options) => options.CancelRequestOnTimeout = true;

    private static bool InCluster(IConfiguration configuration) =>
        !string.IsNullOrWhiteSpace(configuration.GetConnectionString(ClusterSettings.ConnectionString));
}
