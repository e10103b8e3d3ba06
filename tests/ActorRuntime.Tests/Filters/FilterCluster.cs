using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Filters;

/// <summary>A cluster with a filter before every call.</summary>
public sealed class FilterCluster : IAsyncLifetime
{
    private ActorCluster? _cluster;

    public IClusterClient Client => _cluster!.Client;

    public async ValueTask InitializeAsync() =>
        _cluster = await ActorCluster.StartAsync(new ClusterSettings(), TestSilo.ConfigureWithFilter);

    public async ValueTask DisposeAsync() => await _cluster!.DisposeAsync();
}
