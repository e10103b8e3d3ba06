namespace Dwapi.WebApi.Management.Approvals;

/// <summary>An operator's decision on a pending approval.</summary>
/// <param name="Approve">True lets the application in, false refuses it with error 11.</param>
public sealed record ApprovalDecision(bool Approve);
