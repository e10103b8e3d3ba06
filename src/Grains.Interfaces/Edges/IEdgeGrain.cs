using System.Collections.Immutable;
using Dwapi.Grains.Devices;
using Orleans.Concurrency;

namespace Dwapi.Grains.Edges;

/// <summary>
/// One edge (an Extension Plug-In host), key <c>tenant/edgeId</c>: enrolment, presence, announced services, and the way to the node that
/// holds its socket.
/// </summary>
[Alias("Dwapi.IEdgeGrain")]
public interface IEdgeGrain : IGrainWithStringKey
{
    /// <summary>Stores name and hash of the key; called by the tenant grain.</summary>
    [Alias("Enrol")]
    Task Enrol(string name, ReadOnlyMemory<byte> keyHash);

    /// <summary>Removes the enrolment and closes the link.</summary>
    [Alias("Remove")]
    Task Remove();

    /// <summary>Switches the edge off or on; calls to a switched-off edge end with error 21.</summary>
    [Alias("SetEnabled")]
    Task SetEnabled(bool enabled);

    /// <summary>
    /// Checks the key and makes this link the edge's link; an older link is closed. Answers with the positions above
    /// <see cref="EdgeHello.Acknowledged"/> that are durable, so that the node can go on counting the contiguous prefix.
    /// </summary>
    [Alias("Connect")]
    Task<ConnectResult> Connect(EdgeHello hello, IEdgeLink link, string linkId);

    /// <summary>Told by the web node every 5 s while the socket lives; 15 s of silence means link down (DECISIONS 21).</summary>
    [Alias("Renew")]
    Task<bool> Renew(string linkId);

    /// <summary>The socket is gone.</summary>
    [Alias("Disconnect")]
    Task Disconnect(string linkId);

    /// <summary>Stores announced and removed services, then tells their devices and the grain that numbers the tenant's changes.</summary>
    /// <param name="linkId">The link; an old link's announcement is ignored.</param>
    /// <param name="services">New or changed services.</param>
    /// <param name="removed">Ids of services that are gone.</param>
    /// <param name="complete">True when <paramref name="services"/> is the whole list: others of this edge are removed.</param>
    /// <returns>
    /// New services above the tenant's quota are not taken, nor is a printer that another connected edge has: two edges that drive one printer
    /// would start two prints on one bed. The others are.
    /// </returns>
    [Alias("Announce")]
    Task<AnnounceResult> Announce(string linkId, ImmutableArray<ServiceRegistration> services, ImmutableArray<string> removed, bool complete);

    /// <summary>Forgets positions up to the one that the edge itself holds as acknowledged (DECISIONS 14).</summary>
    [Alias("Prune")]
    Task Prune(string epoch, long acknowledged);

    /// <summary>What the edge says it could not deliver since it started; shown to the operator.</summary>
    /// <param name="linkId">The link; an old link's word is ignored.</param>
    /// <param name="lost">Measurements that its disk refused.</param>
    /// <param name="dropped">Continuous values that gave way in its full outbox.</param>
    [Alias("NoteMissing")]
    Task NoteMissing(string linkId, long lost, long dropped);

    /// <summary>Forwards a call to the plug-in: 22 at once while the link is down, 21 while switched off, 7 after the wait.</summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:01:00")]
    [Alias("Call")]
    Task<PluginAnswer> Call(PluginCall call, CancellationToken cancellationToken);

    /// <summary>Services of this edge above an id, ordered by id, with their present online state; what the plug-in discovery returns.</summary>
    [AlwaysInterleave]
    [Alias("GetServices")]
    Task<ServicePage> GetServices(string after, int limit, CancellationToken cancellationToken);

    /// <summary>The edge as the operator sees it.</summary>
    [AlwaysInterleave]
    [Alias("GetStatus")]
    ValueTask<EdgeStatus> GetStatus();
}
