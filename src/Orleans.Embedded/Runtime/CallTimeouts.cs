using System.Collections.Concurrent;
using Dwapi.Actors.CodeGeneration;

namespace Dwapi.Actors.Runtime;

/// <summary>The ends of all waiting calls: one queue for each timeout there is, and there are few.</summary>
internal sealed class CallTimeouts : IDisposable
{
    private readonly ConcurrentDictionary<TimeSpan, TimeoutQueue> _queues = new();
    private readonly TimeProvider _time;
    private readonly TimeoutQueue _default;

    public CallTimeouts(TimeProvider time, TimeSpan responseTimeout)
    {
        _time = time;
        _default = QueueFor(responseTimeout);
    }

    public void Add(PendingCall call) => (call.Method.Timeout is { } timeout ? QueueFor(timeout) : _default).Add(call);

    /// <summary>The process ends: calls that wait for something outside must not hold it up.</summary>
    public void CancelCallees()
    {
        foreach (var (_, queue) in _queues)
        {
            foreach (var call in queue.Snapshot())
                call.CancelCallee();
        }
    }

    public void Dispose()
    {
        foreach (var (_, queue) in _queues)
            queue.Stop();
    }

    private TimeoutQueue QueueFor(TimeSpan timeout) =>
        _queues.TryGetValue(timeout, out var queue) ? queue : _queues.GetOrAdd(timeout, t => new TimeoutQueue(_time, t));
}
