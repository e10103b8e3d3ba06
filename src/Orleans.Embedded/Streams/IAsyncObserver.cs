namespace Orleans.Streams;

/// <summary>Takes the events of a stream, one at a time.</summary>
/// <typeparam name="T">The type of the events.</typeparam>
public interface IAsyncObserver<in T>
{
    /// <summary>The next event. The one after it waits for the returned task.</summary>
    Task OnNextAsync(T item, StreamSequenceToken? token = null);

    /// <summary>The producer says that no event follows.</summary>
    Task OnCompletedAsync() => Task.CompletedTask;

    /// <summary>The producer, or the delivery, has failed.</summary>
    Task OnErrorAsync(Exception ex);
}
