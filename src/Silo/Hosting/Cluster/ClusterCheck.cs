using Dwapi.Grains.Settings;
using Dwapi.Storage;
using Microsoft.Extensions.Options;

namespace Dwapi.Silo.Hosting.Cluster;

/// <summary>
/// Looks at the cluster's database before this process joins, and says in one line what is in force. A web node has no store that brings the
/// schema up to date: it waits until a silo has done so.
/// </summary>
internal sealed class ClusterCheck(
    IConfiguration configuration,
    IOptions<DwapiOptions> options,
    TimeProvider time,
    ILoggerFactory loggers,
    ILogger<ClusterCheck> logger) : IHostedLifecycleService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var database = new ClusterDatabase(ClusterSilo.Database(configuration), time, loggers);
        if (options.Value.Roles.Contains("silo", StringComparison.Ordinal))
        {
            await database.Open(cancellationToken);
        }

        while (await database.Schema(cancellationToken) is var schema && schema < ClusterDatabase.Needed)
        {
            Log.WaitingForSchema(logger, schema, ClusterDatabase.Needed);
            await Task.Delay(LookAgain, time, cancellationToken);
        }

        Console.Out.WriteLine(
            $"dwapi: {ActorRuntime.Name}, cluster {options.Value.Cluster.ClusterId} in database {database.Name} (schema {ClusterDatabase.Needed}), roles {options.Value.Roles}");
    }

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
