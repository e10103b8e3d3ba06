namespace Orleans.Streams;

/// <summary>Publishes several events at once.</summary>
/// <typeparam name="T">The type of the events.</typeparam>
public interface IAsyncBatchProducer<T> : IAsyncObserver<T>
{
    /// <summary>Publishes the events in their order.</summary>
    Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null);
}
