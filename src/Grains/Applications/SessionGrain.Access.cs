using System.Collections.Immutable;
using Dwapi.Gotapi.Errors;
using Dwapi.Grains.Tenants;

namespace Dwapi.Grains.Applications;

/// <summary>How a client gets its token: by a policy, or by an operator who is waited for.</summary>
internal sealed partial class SessionGrain
{
    private PendingAccess? _pending;

    /// <inheritdoc />
    public async Task<AccessResult> RequestAccess(AccessRequest request, CancellationToken cancellationToken)
    {
        if (IsOver(_time.GetUtcNow()))
            return Refused(GotapiErrors.Authorization, "The client is not registered. Run authorization/grant again.");

        var scopes = Named(request.Scopes);
        var verdict = _policies.Judge(Kept.Origin, scopes);
        if (verdict == AccessVerdict.WildcardNotAllowed)
        {
            Log.WildcardRefused(_logger, Kept.Origin, _policies.WildcardSetting);
            return Refused(
                GotapiErrors.Authorization,
                $"The scopes 'all' and '*' are not allowed for this origin. Name the profiles, or let the operator set {_policies.WildcardSetting}.");
        }

        Kept.ApplicationName = request.ApplicationName.Length > 0 ? request.ApplicationName : Kept.Origin;
        return verdict == AccessVerdict.Approve
            ? await Issue(scopes, "policy")
            : await AskOperator(scopes, cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<PendingApproval?> GetPendingApproval() => new(_pending is { Noted: true } ? _pending.Approval : null);

    /// <inheritdoc />
    public Task<bool> Decide(string approvalId, bool approve) => Task.FromResult(
        _pending?.Approval.ApprovalId == approvalId && _pending.Decide(approve ? AccessDecision.Approved : AccessDecision.Denied));

    private async Task<AccessResult> AskOperator(ImmutableArray<string> scopes, CancellationToken cancellationToken)
    {
        var pending = Ask(scopes);
        var tenant = GrainFactory.GetGrain<ITenantGrain>(_tenant);
        try
        {
            if (!await tenant.NoteApproval(pending.Approval.ApprovalId, pending.Approval))
                return Refused(GotapiErrors.IllegalServerState, "Too many requests wait for approval. Try again later.");
            Log.ApprovalWaits(_logger, Kept.Origin, string.Join(',', scopes));
            await NoteClient();
            pending.Noted = true;

            var decision = await Decision(pending, cancellationToken);
            return decision switch
            {
                AccessDecision.Approved => await Issue(scopes, "operator"),
                AccessDecision.Denied => Refused(GotapiErrors.Authorization, "The operator denied the request."),
                AccessDecision.Ended => Refused(GotapiErrors.Authorization, "The client was removed. Run authorization/grant again."),
                AccessDecision.Stopping => Refused(GotapiErrors.IllegalServerState, "The server is stopping. Try again when it is back."),
                AccessDecision.Replaced => Refused(GotapiErrors.Timeout, "The same client asked again; the newer request is the one to be approved."),
                _ => Refused(GotapiErrors.Timeout, "Nobody approved the request in time. Repeat the call, and have it approved on the server's page."),
            };
        }
        finally
        {
            if (_pending == pending)
                _pending = null;

            // A server that stops answers first: the silo with the tenant's list may be gone, and the approval lapses there anyway.
            var withdrawal = Withdraw(tenant, pending.Approval.ApprovalId);
            if (!_stopping.IsCancellationRequested)
                await withdrawal;
        }
    }

    /// <summary>Makes the request pending in the place of an older one. A grant that was never approved does not wait beyond its 10 min.</summary>
    private PendingAccess Ask(ImmutableArray<string> scopes)
    {
        var now = _time.GetUtcNow();
        var deadline = now + _options.ApprovalTimeout;
        var end = Kept.CreatedAt + _options.UnapprovedLifetime;
        if (!IsApproved && end < deadline)
            deadline = end;
        _pending?.Decide(AccessDecision.Replaced);
        return _pending = new PendingAccess(new PendingApproval(
            AccessToken.NewId(), _clientId, Kept.Origin, Kept.ApplicationName, scopes, now, deadline));
    }

    private async Task<AccessDecision> Decision(PendingAccess pending, CancellationToken cancellationToken)
    {
        var wait = pending.Approval.Deadline - _time.GetUtcNow();

        // A server that stops does not wait for its operator.
        await using var stop = _stopping.UnsafeRegister(static waiting => ((PendingAccess)waiting!).Decide(AccessDecision.Stopping), pending);
        try
        {
            return await pending.Decision.WaitAsync(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _time, cancellationToken);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // A server that stops cancels what waits in it too, which may be quicker than the answer that it has for the application.
            pending.Decide(AccessDecision.Stopping);
            return await pending.Decision;
        }
        catch (TimeoutException)
        {
            // A decision that comes at this very moment must not be lost: the operator saw it accepted.
            return pending.Decide(AccessDecision.TimedOut) ? AccessDecision.TimedOut : await pending.Decision;
        }
    }

    private async Task Withdraw(ITenantGrain tenant, string approvalId)
    {
        try
        {
            await tenant.NoteApproval(approvalId, null);
        }
        catch (Exception exception)
        {
            Log.ApprovalNotWithdrawn(_logger, exception, Kept.Origin);
        }
    }

    private async Task<AccessResult> Issue(ImmutableArray<string> scopes, string decider)
    {
        if (_ended)
            return Refused(GotapiErrors.Authorization, "The client was removed. Run authorization/grant again.");

        var now = _time.GetUtcNow();
        var (token, hash) = AccessToken.New(_clientId);
        ImmutableArray<GrantedScope> granted = [.. scopes.Select(scope => new GrantedScope(scope, now + _options.ScopeLifetime))];
        Kept.TokenHash = hash;
        Kept.Scopes = [.. granted];
        Use(now);
        _snapshot = null;

        // An application that authorizes anew opens its next socket before it closes this one; it must not meet error 4 (gotapi-1.1 section 7).
        CloseSocket("The token was replaced by a new one.");
        await _writes.Write();
        if (_ended)
            return Refused(GotapiErrors.Authorization, "The client was removed. Run authorization/grant again.");
        Log.AccessGranted(_logger, Kept.Origin, string.Join(',', scopes), decider);
        await NoteClient();
        return new AccessResult(token, granted, 0, "");
    }

    private AccessResult Refused(GotapiError error, string message)
    {
        Log.AccessRefused(_logger, Kept.Origin, message);
        return new AccessResult("", [], error.Code, message);
    }

    /// <summary>Each scope once, in lower case, with one spelling for everything.</summary>
    private static ImmutableArray<string> Named(ImmutableArray<string> scopes) => [.. scopes
        .Select(scope => ApprovalPolicies.IsWildcard(scope) ? ApprovalPolicies.Everything : scope)
        .Distinct(StringComparer.Ordinal)];
}
