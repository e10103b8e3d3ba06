using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Dwapi.Grains.Applications;
using Dwapi.Grains.Edges;
using Dwapi.Grains.Quotas;
using Dwapi.Grains.Settings;
using Microsoft.Extensions.Options;

namespace Dwapi.Grains.Tenants;

/// <inheritdoc cref="ITenantGrain" />
internal sealed class TenantGrain(
    [PersistentState("tenant", StateStorage.Provider)] IPersistentState<TenantState> state,
    IOptions<TenancyOptions> options,
    TimeProvider time) : Grain, ITenantGrain
{
    /// <summary>More token requests than this no operator reads within the minute that they wait.</summary>
    public const int MaximumPending = 1000;

    private readonly Dictionary<string, PendingApproval> _pending = [];
    private NodeShares? _shares;

    /// <inheritdoc />
    public async Task<string> EnrolEdge(string edgeId, string name)
    {
        var key = $"{this.GetPrimaryKeyString()}.{edgeId}.{AccessToken.NewSecret()}";

        // The index first: an edge that is listed without an enrolment is seen and can be removed, the reverse cannot.
        if (OrderedIndex.Set(state.State.Edges, edgeId, present: true))
            await state.WriteStateAsync();
        await Edge(edgeId).Enrol(name, SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        return key;
    }

    /// <inheritdoc />
    public async Task<bool> RemoveEdge(string edgeId)
    {
        if (!state.State.Edges.Contains(edgeId))
            return false;
        await Edge(edgeId).Remove();
        OrderedIndex.Set(state.State.Edges, edgeId, present: false);
        await state.WriteStateAsync();
        return true;
    }

    /// <inheritdoc />
    public ValueTask<ImmutableArray<string>> GetEdges() => new([.. state.State.Edges]);

    /// <inheritdoc />
    public ValueTask<QuotaShare> TakeShare(QuotaUse use) =>
        new((_shares ??= new NodeShares(options.Value.QuotasOf(this.GetPrimaryKeyString()), time)).Take(use));

    /// <inheritdoc />
    public async Task NoteApplication(string origin, bool present)
    {
        if (OrderedIndex.Set(state.State.Applications, origin, present))
            await state.WriteStateAsync();
    }

    /// <inheritdoc />
    public ValueTask<ImmutableArray<string>> GetApplications() => new([.. state.State.Applications]);

    /// <inheritdoc />
    public Task<bool> NoteApproval(string approvalId, PendingApproval? pending)
    {
        if (pending is null)
            return Task.FromResult(_pending.Remove(approvalId));

        RemoveLapsed();
        if (_pending.Count >= MaximumPending && !_pending.ContainsKey(approvalId))
            return Task.FromResult(false);
        _pending[approvalId] = pending;
        return Task.FromResult(true);
    }

    /// <inheritdoc />
    public ValueTask<ImmutableArray<PendingApproval>> GetPendingApprovals()
    {
        RemoveLapsed();
        return new([.. _pending.Values.OrderBy(pending => pending.RequestedAt).ThenBy(pending => pending.ApprovalId, StringComparer.Ordinal)]);
    }

    /// <summary>A session that was lost with its silo withdraws nothing; its request is over at the deadline all the same.</summary>
    private void RemoveLapsed()
    {
        var now = time.GetUtcNow();
        foreach (var (approvalId, pending) in _pending)
        {
            if (pending.Deadline <= now)
                _pending.Remove(approvalId);
        }
    }

    private IEdgeGrain Edge(string edgeId) => GrainFactory.GetGrain<IEdgeGrain>(TenantKey.Of(this.GetPrimaryKeyString(), edgeId));
}
