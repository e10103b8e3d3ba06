using Orleans.Configuration;

namespace Dwapi.Silo.Hosting.Cluster;

/// <summary>
/// A web node of a cluster: a client of its silos. It waits for the first one before it serves, and when all are gone it stays and finds
/// the next one by itself.
/// </summary>
internal static class ClusterWeb
{
    // How long a silo that came back is not seen; the stock minute is what every application would wait.
    private static readonly TimeSpan LookForSilos = TimeSpan.FromSeconds(2);

    /// <summary>Adds it.</summary>
    public static void UseCluster(this IClientBuilder client, IConfiguration configuration)
    {
        var settings = ClusterSilo.Settings(configuration);
        client.Configure<ClusterOptions>(options => ClusterSilo.Set(options, settings));
        client.Configure<GatewayOptions>(static options => options.GatewayListRefreshPeriod = LookForSilos);
        client.UseAdoNetClustering(options =>
        {
            options.Invariant = ClusterSilo.Invariant;
            options.ConnectionString = ClusterSilo.Database(configuration);
        });
        client.UseConnectionRetryFilter<FirstSilo>();
        client.Services.AddSingleton<IClusterConnectionStatusObserver, SiloConnections>();
    }

    /// <summary>Waits for the first silo as long as it takes, and says so.</summary>
    private sealed class FirstSilo(ILogger<FirstSilo> logger, TimeProvider time) : IClientConnectionRetryFilter
    {
        private int _attempts;

        /// <inheritdoc />
        public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
        {
            if (_attempts++ == 0)
            {
                Log.WaitingForSilo(logger, exception.Message);
            }

            await Task.Delay(LookForSilos, time, cancellationToken);
            return true;
        }
    }
}
