using Orleans.Runtime;
using Orleans.Streams;

namespace Dwapi.Actors.Runtime;

/// <inheritdoc />
internal sealed class MemorySubscription<T>(MemoryStreamProvider provider, StreamId stream, Activation? owner, IAsyncObserver<T> observer)
    : MemorySubscription(provider, stream, owner)
{
    private volatile IAsyncObserver<T> _observer = observer;

    public void Resume(IAsyncObserver<T> observer) => _observer = observer;

    private protected override Task OnNextAsync(object? item, MemorySequenceToken token) =>
        item is T or null
            ? _observer.OnNextAsync((T)item!, token)
            : Task.FromException(new InvalidCastException($"An event of type {item.GetType()} on a stream of {typeof(T)}."));

    private protected override Task OnErrorAsync(Exception exception) => _observer.OnErrorAsync(exception);
}
