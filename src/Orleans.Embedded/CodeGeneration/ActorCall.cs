namespace Dwapi.Actors.CodeGeneration;

/// <summary>A call that waits: for its turn, or within it.</summary>
public class ActorCall : PendingCall
{
    private TaskCompletionSource? _result;

    /// <summary>Describes a call of <paramref name="method"/>.</summary>
    public ActorCall(ActorMethod method)
        : base(method)
    {
    }

    internal override bool HasResult => _result is not null;

    /// <summary>Calls the method. Generated classes override it.</summary>
    public virtual Task Invoke(object target, CancellationToken cancellationToken) => throw new NotSupportedException();

    internal sealed override Task InvokeCore(object target, CancellationToken cancellationToken) => Invoke(target, cancellationToken);

    internal Task Prepare()
    {
        if (Method.IsOneWay)
            return Task.CompletedTask;
        _result = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _result.Task;
    }

    internal override void SetResult(Task completed, object? filtered, bool isFiltered) => _result?.TrySetResult();

    internal override void SetException(Exception exception) => _result?.TrySetException(exception);

    internal override void SetCanceled(CancellationToken cancellationToken) => _result?.TrySetCanceled(cancellationToken);

    internal override void SetFaulted(Task completed)
    {
        if (completed.IsCanceled)
            _result?.TrySetFromTask(completed);
        else
            _result?.TrySetException(completed.Exception!.InnerExceptions);
    }
}
