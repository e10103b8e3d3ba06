namespace Orleans.Streams;

/// <summary>A stream: who publishes calls OnNextAsync, who listens calls SubscribeAsync.</summary>
/// <typeparam name="T">The type of the events.</typeparam>
public interface IAsyncStream<T> : IAsyncStream, IEquatable<IAsyncStream<T>>, IComparable<IAsyncStream<T>>, IAsyncObservable<T>,
    IAsyncBatchProducer<T>
{
    /// <summary>The subscriptions of the calling grain, or of the code outside the grains.</summary>
    Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles();
}
