using System.Collections.Immutable;
using Dwapi.Grains.Applications;

namespace Dwapi.Grains.Tenants;

/// <summary>One tenant, key <c>tenant</c>: small indexes of its edges, applications and pending approvals. No measurement passes it.</summary>
[Alias("Dwapi.ITenantGrain")]
public interface ITenantGrain : IGrainWithStringKey
{
    /// <summary>Adds an edge or gives an existing one a new key.</summary>
    /// <returns>The key, shown once; <c>tenant.edgeId.secret</c> (DECISIONS 29).</returns>
    [Alias("EnrolEdge")]
    Task<string> EnrolEdge(string edgeId, string name);

    /// <summary>Removes an edge: its key is void, its link is closed. Stored measurements stay.</summary>
    [Alias("RemoveEdge")]
    Task<bool> RemoveEdge(string edgeId);

    /// <summary>Ids of the tenant's edges, ordered.</summary>
    [Orleans.Concurrency.AlwaysInterleave]
    [Alias("GetEdges")]
    ValueTask<ImmutableArray<string>> GetEdges();

    /// <summary>
    /// Takes or renews a web node's share of the quotas. Nodes ask when a socket or link is the first of a slice and every 5 s, never for
    /// a request.
    /// </summary>
    [Alias("TakeShare")]
    ValueTask<QuotaShare> TakeShare(QuotaUse use);

    /// <summary>Notes an origin that has clients.</summary>
    [Alias("NoteApplication")]
    Task NoteApplication(string origin, bool present);

    /// <summary>Origins that have clients, ordered.</summary>
    [Alias("GetApplications")]
    ValueTask<ImmutableArray<string>> GetApplications();

    /// <summary>Notes or, with <paramref name="pending"/> null, forgets a pending approval. Kept in memory: a request does not outlive its caller.</summary>
    /// <returns>False when so many requests wait already that no operator would find this one, or there was none to forget.</returns>
    [Alias("NoteApproval")]
    Task<bool> NoteApproval(string approvalId, PendingApproval? pending);

    /// <summary>Token requests that wait for an operator, oldest first.</summary>
    [Alias("GetPendingApprovals")]
    ValueTask<ImmutableArray<PendingApproval>> GetPendingApprovals();
}
