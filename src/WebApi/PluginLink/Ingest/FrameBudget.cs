namespace Dwapi.WebApi.PluginLink.Ingest;

/// <summary>
/// Bounds the bytes of frames that still hold unfinished items. Credits bound their number; this bounds their size, for frames with few
/// or padded items. While it is spent the link is not read, and TCP holds the plug-in back.
/// </summary>
internal sealed class FrameBudget(long limit)
{
    private readonly Lock _lock = new();
    private long _used;
    private TaskCompletionSource? _waiter;

    /// <summary>Waits until there is room; called by the one reader of the link.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_used < limit)
            {
                return Task.CompletedTask;
            }

            _waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _waiter.Task.WaitAsync(cancellationToken);
        }
    }

    public void Take(int bytes)
    {
        lock (_lock)
        {
            _used += bytes;
        }
    }

    public void Return(int bytes)
    {
        lock (_lock)
        {
            _used -= bytes;
            if (_used < limit)
            {
                _waiter?.TrySetResult();
                _waiter = null;
            }
        }
    }
}
