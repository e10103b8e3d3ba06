using System.Net;
using Dwapi.Grains.Settings;
using Orleans.Configuration;

namespace Dwapi.Silo.Hosting.Cluster;

/// <summary>A silo of a cluster: membership, reminders and the stream subscriptions of web nodes are in PostgreSQL (DECISIONS 26).</summary>
internal static class ClusterSilo
{
    /// <summary>Where Orleans keeps who subscribed to which stream; the name is Orleans' own.</summary>
    public const string PubSubStorage = "PubSubStore";

    /// <summary>The ADO.NET provider.</summary>
    public const string Invariant = "Npgsql";

    // Two missed probes of 2 s each: a killed silo is found within 5 s, and a busy machine of two cores is not taken for dead (DECISIONS 28).
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);
    private const int MissedProbes = 2;

    // After a loss of power the table still shows the silos that were there; a new one does not wait for those that were silent three times.
    private static readonly TimeSpan ShowAlive = TimeSpan.FromSeconds(5);

    /// <summary>Adds it.</summary>
    public static void UseCluster(this ISiloBuilder silo, IConfiguration configuration)
    {
        var settings = Settings(configuration);
        var database = Database(configuration);
        silo.Configure<ClusterOptions>(options => Set(options, settings));
        silo.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = Address(settings);
            options.SiloPort = settings.SiloPort;
            options.GatewayPort = settings.GatewayPort;
        });
        silo.Configure<ClusterMembershipOptions>(static options =>
        {
            options.ProbeTimeout = ProbeTimeout;
            options.NumMissedProbesLimit = MissedProbes;
            options.IAmAliveTablePublishTimeout = ShowAlive;
        });
        silo.UseAdoNetClustering(options =>
        {
            options.Invariant = Invariant;
            options.ConnectionString = database;
        });
        silo.UseAdoNetReminderService(options =>
        {
            options.Invariant = Invariant;
            options.ConnectionString = database;
        });
        silo.AddAdoNetGrainStorage(PubSubStorage, options =>
        {
            options.Invariant = Invariant;
            options.ConnectionString = database;
            options.DeleteStateOnClear = true;
        });
    }

    /// <summary>The settings of this process.</summary>
    public static ClusterSettings Settings(IConfiguration configuration) =>
        configuration.GetSection(ClusterSettings.Section).Get<ClusterSettings>() ?? new ClusterSettings();

    /// <summary>The cluster's database.</summary>
    public static string Database(IConfiguration configuration) => configuration.GetConnectionString(ClusterSettings.ConnectionString)!;

    /// <summary>Names the cluster.</summary>
    public static void Set(ClusterOptions options, ClusterSettings settings)
    {
        options.ClusterId = settings.ClusterId;
        options.ServiceId = settings.ServiceId;
    }

    private static IPAddress Address(ClusterSettings settings) => IPAddress.TryParse(settings.AdvertisedAddress, out var address)
        ? address
        : throw new StartUpException(
            $"{ClusterSettings.Section}:{nameof(ClusterSettings.AdvertisedAddress)} is '{settings.AdvertisedAddress}'; it is an IP address of this machine, such as 10.0.0.7.");
}
