namespace Dwapi.Storage.Sqlite;

/// <summary>A request to the writer with a result.</summary>
internal abstract class StoreWork<T>(CancellationToken cancellationToken) : StoreWork
{
    // Asynchronously: a caller that went on on the writer's thread would make the next batch wait.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Completion => _completion.Task;

    public sealed override void Execute(SqliteSession session) => _result = Run(session);

    public sealed override void Complete() => _completion.TrySetResult(_result);

    public sealed override void Fail(Exception reason) => _completion.TrySetException(reason);

    public sealed override bool TryCancel() =>
        cancellationToken.IsCancellationRequested && _completion.TrySetCanceled(cancellationToken);

    protected abstract T Run(SqliteSession session);
}
