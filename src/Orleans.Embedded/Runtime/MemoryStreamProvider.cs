using System.Collections.Concurrent;
using Orleans.Runtime;
using Orleans.Streams;

namespace Dwapi.Actors.Runtime;

/// <summary>The streams of one provider. A stream nobody listens to takes no memory.</summary>
internal sealed class MemoryStreamProvider(string name, ActorRuntime runtime) : IStreamProvider
{
    private readonly ConcurrentDictionary<StreamId, MemoryStreamHub> _hubs = new();
    private long _sequence;

    public string Name => name;

    public bool IsRewindable => false;

    public ActorRuntime Runtime => runtime;

    public IAsyncStream<T> GetStream<T>(StreamId streamId) => new MemoryStream<T>(this, streamId);

    public long NextSequence() => Interlocked.Increment(ref _sequence);

    public MemoryStreamHub? FindHub(StreamId streamId) => _hubs.GetValueOrDefault(streamId);

    public void Add(MemorySubscription subscription)
    {
        // A hub that has just been emptied takes no more.
        while (!_hubs.GetOrAdd(subscription.Stream, static _ => new MemoryStreamHub()).TryAdd(subscription))
            Thread.Yield();
    }

    public void Remove(MemorySubscription subscription)
    {
        if (_hubs.TryGetValue(subscription.Stream, out var hub) && hub.RemoveAndIsEmpty(subscription))
            _hubs.TryRemove(new(subscription.Stream, hub));
    }
}
