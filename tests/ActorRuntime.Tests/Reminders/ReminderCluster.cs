using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Reminders;

/// <summary>A cluster whose reminders may tick every second.</summary>
public class ReminderCluster : IAsyncLifetime
{
    private ActorCluster? _cluster;

    public IClusterClient Client => _cluster!.Client;

    public virtual ValueTask InitializeAsync() => Start(TestSilo.Configure);

    public async ValueTask DisposeAsync()
    {
        if (_cluster is { } cluster)
        {
            await cluster.DisposeAsync();
        }
    }

    protected async ValueTask Start(Action<ISiloBuilder> configure) =>
        _cluster = await ActorCluster.StartAsync(new ClusterSettings { MinimumReminderPeriod = TimeSpan.FromSeconds(1) }, configure);
}
