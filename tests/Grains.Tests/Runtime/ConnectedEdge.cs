using System.Collections.Immutable;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Edges;

namespace Dwapi.Grains.Tests.Runtime;

/// <summary>An enrolled edge with its link up.</summary>
/// <param name="Grain">Its grain.</param>
/// <param name="Link">The node's side of its link.</param>
/// <param name="LinkId">The node's name for the link.</param>
/// <param name="Key">Its key.</param>
internal sealed record ConnectedEdge(IEdgeGrain Grain, ProbeLink Link, string LinkId, string Key)
{
    /// <summary>Enrols an edge and connects it.</summary>
    /// <param name="host">The grains.</param>
    /// <param name="edgeId">Its id.</param>
    /// <param name="answer">What it answers from the first moment on: jobs that are there already call it before this returns.</param>
    public static async Task<ConnectedEdge> Connect(GrainHost host, string edgeId = "edge", Func<PluginCall, Task<PluginAnswer>>? answer = null)
    {
        var key = await host.TenantGrain.EnrolEdge(edgeId, edgeId);
        var link = new ProbeLink();
        link.Answer = answer ?? link.Answer;
        var edge = new ConnectedEdge(host.Edge(edgeId), link, $"link-{edgeId}", key);
        var result = await edge.Grain.Connect(Some.Hello(key), host.Client.CreateObjectReference<IEdgeLink>(edge.Link), edge.LinkId);
        Assert.Equal(0, result.ErrorCode);
        return edge;
    }

    public Task Announce(params ImmutableArray<ServiceRegistration> services) => Grain.Announce(LinkId, services, [], complete: false);
}
