namespace Orleans.Streams;

/// <summary>Something that can be subscribed to.</summary>
/// <typeparam name="T">The type of the events.</typeparam>
public interface IAsyncObservable<T>
{
    /// <summary>Subscribes: events published after the returned task has completed reach the observer.</summary>
    Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer);

    /// <summary>Subscribes from an event on. These streams keep no past: a token other than null is refused.</summary>
    Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token, string? filterData = null);
}
