namespace Dwapi.Grains.Applications;

/// <summary>A token request that waits for a decision.</summary>
internal sealed class PendingAccess(PendingApproval approval)
{
    private readonly TaskCompletionSource<AccessDecision> _decision = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the operator sees.</summary>
    public PendingApproval Approval { get; } = approval;

    /// <summary>True once the lists of the operator and of the application have it: nothing but the decision is waited for.</summary>
    public bool Noted { get; set; }

    /// <summary>Ends with the decision.</summary>
    public Task<AccessDecision> Decision => _decision.Task;

    /// <summary>Decides; false when somebody was faster.</summary>
    public bool Decide(AccessDecision decision) => _decision.TrySetResult(decision);
}
