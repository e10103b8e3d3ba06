namespace Dwapi.Actors.CodeGeneration;

/// <summary>A call with a result value that waits: for its turn, or within it.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
public class ActorCall<T> : PendingCall
{
    private TaskCompletionSource<T>? _result;

    /// <summary>Describes a call of <paramref name="method"/>.</summary>
    public ActorCall(ActorMethod method)
        : base(method)
    {
    }

    internal override bool HasResult => _result is not null;

    /// <summary>Calls the method. Generated classes override it.</summary>
    public virtual Task<T> Invoke(object target, CancellationToken cancellationToken) => throw new NotSupportedException();

    internal sealed override Task InvokeCore(object target, CancellationToken cancellationToken) => Invoke(target, cancellationToken);

    internal Task<T> Prepare()
    {
        _result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _result.Task;
    }

    internal override object? ResultOf(Task completed) => ((Task<T>)completed).Result;

    internal override void SetResult(Task completed, object? filtered, bool isFiltered) =>
        _result?.TrySetResult(isFiltered ? (T)filtered! : ((Task<T>)completed).Result);

    internal override void SetException(Exception exception) => _result?.TrySetException(exception);

    internal override void SetCanceled(CancellationToken cancellationToken) => _result?.TrySetCanceled(cancellationToken);

    internal override void SetFaulted(Task completed)
    {
        if (completed.IsCanceled)
            _result?.TrySetFromTask((Task<T>)completed);
        else
            _result?.TrySetException(completed.Exception!.InnerExceptions);
    }
}
