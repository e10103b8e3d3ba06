using Orleans.Concurrency;

namespace Dwapi.Grains.Edges;

/// <summary>The web node's side of an edge's socket (DECISIONS 21).</summary>
[Alias("Dwapi.IEdgeLink")]
public interface IEdgeLink : IGrainObserver
{
    /// <summary>Sends a GotAPI-4 request to the plug-in and waits for its RESPONSE.</summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:01:00")]
    [Alias("Call")]
    Task<PluginAnswer> Call(PluginCall call);

    /// <summary>Another link took over, or the edge was removed or switched off: close the socket.</summary>
    [Alias("Close")]
    Task Close(int errorCode, string reason);
}
