namespace Dwapi.Edge.Signals;

/// <summary>
/// Tells any number of waiters that something changed. Who waits takes <see cref="Next"/> first and looks at the state after that (or
/// both under the lock of the state), so that no change falls in between.
/// </summary>
internal sealed class Pulse
{
    private TaskCompletionSource _next = New();

    /// <summary>Ends at the next change.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>Something changed.</summary>
    public void Raise() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
