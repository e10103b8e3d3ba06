using Dwapi.Actors.Runtime;
using Orleans.Runtime;

namespace Dwapi.Actors.CodeGeneration;

/// <summary>What the runtime knows of a call that waits: for its turn, or within it.</summary>
public abstract class PendingCall
{
    private const int Open = 0;
    private const int Closed = 1;
    private int _state;
    private Action? _finishInTurn;

    private protected PendingCall(ActorMethod method) => Method = method;

    /// <summary>The number of arguments, for filters.</summary>
    public virtual int ArgumentCount => 0;

    internal ActorMethod Method { get; }

    internal GrainId TargetId { get; set; }

    internal GrainId? SourceId { get; set; }

    internal ExecutionContext? Flow { get; set; }

    internal Guid ReentrancyId { get; set; }

    /// <summary>The token that the caller gave. Set by generated code.</summary>
    public CancellationToken CallersToken { get; init; }

    internal CallCancellation? Cancellation { get; set; }

    // The list of calls with the same timeout, in the order of their ends.
    internal TimeoutQueue? Deadline { get; set; }

    internal PendingCall? Earlier { get; set; }

    internal PendingCall? Later { get; set; }

    internal long DueAt { get; set; }

    internal Activation? Activation { get; set; }

    internal Task? Running { get; set; }

    internal CallFilters? Filtered { get; set; }

    internal Action FinishInTurn => _finishInTurn ??= () => Activation!.Finish(this);

    /// <summary>Belongs to this activation: never sent to another one, not seen by filters.</summary>
    internal bool IsLocal { get; init; }

    internal bool IsClosed => Volatile.Read(ref _state) == Closed;

    internal abstract bool HasResult { get; }

    /// <summary>An argument, for filters.</summary>
    public virtual object? GetArgument(int index) => throw new ArgumentOutOfRangeException(nameof(index));

    internal abstract Task InvokeCore(object target, CancellationToken cancellationToken);

    internal virtual object? ResultOf(Task completed) => null;

    internal abstract void SetResult(Task completed, object? filtered, bool isFiltered);

    internal abstract void SetException(Exception exception);

    internal abstract void SetCanceled(CancellationToken cancellationToken);

    internal abstract void SetFaulted(Task completed);

    /// <summary>Only the first of result, timeout and cancellation reaches the caller.</summary>
    internal bool TryClose()
    {
        if (Interlocked.Exchange(ref _state, Closed) == Closed)
            return false;
        Deadline?.Remove(this);
        return true;
    }

    internal void Complete(Task completed)
    {
        if (!TryClose())
            return;
        if (completed.IsCompletedSuccessfully)
            SetResult(completed, Filtered?.Result, Filtered is not null);
        else
            SetFaulted(completed);
    }

    internal void Fail(Exception exception)
    {
        if (TryClose())
            SetException(exception);
    }

    internal void TimeOut()
    {
        if (!TryClose())
            return;
        SetException(new TimeoutException(
            $"{Method} of {TargetId} did not answer within {Deadline!.Timeout}. Whether it ran, or still runs, is not known."));
        CancelCallee();
    }

    /// <summary>Asks the callee to come to an end; the caller still gets what the callee makes of it.</summary>
    internal void CancelCallee() => Cancellation?.Cancel(Activation);

    internal void OnCallerCanceled()
    {
        if (!TryClose())
            return;
        SetCanceled(CallersToken.CanBeCanceled ? CallersToken : Cancellation!.CallersToken);
        CancelCallee();
    }
}
