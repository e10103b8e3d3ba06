using Orleans.Runtime;

namespace Dwapi.Actors.Runtime;

/// <summary>A subscription: its own queue, so that a slow or failing observer does not harm the others.</summary>
internal abstract class MemorySubscription(MemoryStreamProvider provider, StreamId stream, Activation? owner) : IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private Queue<(object? Item, MemorySequenceToken Token)>? _queue;
    private bool _delivering;
    private volatile bool _ended;

    public StreamId Stream => stream;

    /// <summary>The activation that subscribed; null for code outside the grains.</summary>
    public Activation? Owner => owner;

    public Guid Id { get; } = Guid.NewGuid();

    public MemoryStreamProvider Provider => provider;

    public void Begin()
    {
        provider.Add(this);
        owner?.AddSubscription(this);
    }

    public void End()
    {
        _ended = true;
        provider.Remove(this);
        owner?.RemoveSubscription(this);
    }

    public void Enqueue(object? item, MemorySequenceToken token)
    {
        lock (_lock)
        {
            if (_ended)
                return;
            (_queue ??= new()).Enqueue((item, token));
            if (_delivering)
                return;
            _delivering = true;
        }
        if (owner is null)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        else
            owner.Post(new StreamDelivery(this));
    }

    void IThreadPoolWorkItem.Execute() => _ = DeliverAllAsync();

    /// <summary>Delivers one event within a turn of the grain; the next one is a turn of its own.</summary>
    public async Task DeliverOneAsync()
    {
        if (TryTake(out var next))
            await DeliverAsync(next.Item, next.Token);
        bool more;
        lock (_lock)
            more = _delivering = _queue is { Count: > 0 } && !_ended;
        if (more)
            owner!.Post(new StreamDelivery(this));
    }

    private protected abstract Task OnNextAsync(object? item, MemorySequenceToken token);

    private protected abstract Task OnErrorAsync(Exception exception);

    private async Task DeliverAllAsync()
    {
        while (TryTake(out var next))
            await DeliverAsync(next.Item, next.Token).ConfigureAwait(false);
    }

    private async Task DeliverAsync(object? item, MemorySequenceToken token)
    {
        try
        {
            await OnNextAsync(item, token);
        }
        catch (Exception exception)
        {
            Log.StreamObserverFailed(provider.Runtime.Logger, exception, stream);
            try
            {
                await OnErrorAsync(exception);
            }
            catch (Exception second)
            {
                Log.StreamObserverFailed(provider.Runtime.Logger, second, stream);
            }
        }
    }

    private bool TryTake(out (object? Item, MemorySequenceToken Token) next)
    {
        lock (_lock)
        {
            next = default;
            if (!_ended && _queue is not null && _queue.TryDequeue(out next))
                return true;
            _queue = null;
            _delivering = false;
            return false;
        }
    }
}
