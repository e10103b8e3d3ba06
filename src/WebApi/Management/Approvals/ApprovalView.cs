using Dwapi.Grains.Applications;

namespace Dwapi.WebApi.Management.Approvals;

/// <summary>A token request that waits for an operator.</summary>
/// <param name="Id">Id for the decision.</param>
/// <param name="ClientId">The client.</param>
/// <param name="Origin">Where the application comes from; the part of it that can be trusted.</param>
/// <param name="ApplicationName">What the application calls itself.</param>
/// <param name="Scopes">What it asks for.</param>
/// <param name="RequestedAt">When it asked.</param>
/// <param name="Deadline">When it is answered with error 7.</param>
public sealed record ApprovalView(
    string Id,
    string ClientId,
    string Origin,
    string ApplicationName,
    IReadOnlyList<ScopeView> Scopes,
    DateTimeOffset RequestedAt,
    DateTimeOffset Deadline)
{
    internal static ApprovalView Of(PendingApproval pending) => new(
        pending.ApprovalId,
        pending.ClientId,
        pending.Origin,
        pending.ApplicationName,
        [.. pending.Scopes.Select(ScopeView.Of)],
        pending.RequestedAt,
        pending.Deadline);
}
