namespace Dwapi.Actors.Runtime;

/// <summary>The subscriptions of one stream.</summary>
internal sealed class MemoryStreamHub
{
    private readonly Lock _lock = new();
    private MemorySubscription[] _subscriptions = [];
    private bool _closed;

    public MemorySubscription[] Subscriptions => Volatile.Read(ref _subscriptions);

    public bool TryAdd(MemorySubscription subscription)
    {
        lock (_lock)
        {
            if (_closed)
                return false;
            _subscriptions = [.. _subscriptions, subscription];
            return true;
        }
    }

    public bool RemoveAndIsEmpty(MemorySubscription subscription)
    {
        lock (_lock)
        {
            _subscriptions = Array.FindAll(_subscriptions, s => s != subscription);
            return _closed = _subscriptions.Length == 0;
        }
    }

    /// <summary>Gives an event to all: under the lock, so that all see the same order.</summary>
    public void Publish<T>(T item, MemoryStreamProvider provider)
    {
        lock (_lock)
        {
            var token = new MemorySequenceToken(provider.NextSequence());
            foreach (var subscription in _subscriptions)
                subscription.Enqueue(item, token);
        }
    }
}
