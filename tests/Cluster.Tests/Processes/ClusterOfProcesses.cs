using Dwapi.EndToEnd.Tests.Faults;
using Dwapi.Tests.PostgreSql;

namespace Dwapi.Cluster.Tests.Processes;

/// <summary>
/// A cluster as it is installed, on one machine: silos, web nodes and edges as processes of their own over a private PostgreSQL. Each can be
/// killed and started again, on the same ports and with the same data.
/// </summary>
internal sealed class ClusterOfProcesses : IAsyncDisposable
{
    private readonly TemporaryPlace _place = new();
    private readonly List<EdgeProcess> _edges = [];
    private readonly List<NodeProcess> _silos = [];
    private readonly List<NodeProcess> _webs = [];

    private ClusterOfProcesses(string database) => Database = database;

    /// <summary>Connection string of the cluster's database.</summary>
    public string Database { get; }

    public IReadOnlyList<NodeProcess> Silos => _silos;

    public IReadOnlyList<NodeProcess> Webs => _webs;

    /// <summary>A path for a file of the test.</summary>
    public string this[string name] => _place[name];

    /// <summary>Starts all of it at once and waits until every process is ready. Skips the test when PostgreSQL is not installed.</summary>
    public static async Task<ClusterOfProcesses> StartAsync(int silos, int webs, params string[] settings)
    {
        var cluster = new ClusterOfProcesses(await PrivatePostgreSql.NewSchema());
        cluster._silos.AddRange(Enumerable.Range(0, silos).Select(_ => new NodeProcess("silo", cluster.Database, settings)));
        cluster._webs.AddRange(Enumerable.Range(0, webs).Select(_ => new NodeProcess("web", cluster.Database, settings)));
        try
        {
            await Task.WhenAll(cluster._silos.Concat(cluster._webs).Select(node => node.StartAsync()));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Enrols an edge that plays a capture to a web node, and starts it.</summary>
    public async Task<EdgeProcess> AddEdgeAsync(string edgeId, string capture, NodeProcess web)
    {
        using var server = web.Operator();
        var edge = new EdgeProcess(edgeId, await server.AddEdge(edgeId), capture, _place[edgeId + ".outbox"], web.Link);
        _edges.Add(edge);
        edge.Start();
        return edge;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var edge in _edges)
        {
            await edge.DisposeAsync();
        }

        foreach (var node in _webs.Concat(_silos))
        {
            await node.DisposeAsync();
        }

        _place.Dispose();
    }
}
