namespace Dwapi.ActorRuntime.Tests.Runtime;

/// <summary>A cluster with the default settings and the real clock, for the tests of one class.</summary>
public class SharedCluster : IAsyncLifetime
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
        _cluster = await ActorCluster.StartAsync(new ClusterSettings { ClientStreams = TestSilo.Streams }, configure);
}
