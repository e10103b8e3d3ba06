using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>A subscription to a stream.</summary>
/// <typeparam name="T">The type of the events.</typeparam>
[GenerateSerializer]
public abstract class StreamSubscriptionHandle<T> : IEquatable<StreamSubscriptionHandle<T>?>
{
    /// <summary>The stream.</summary>
    public abstract StreamId StreamId { get; }

    /// <summary>The name of the provider.</summary>
    public abstract string ProviderName { get; }

    /// <summary>The identity of the subscription.</summary>
    public abstract Guid HandleId { get; }

    /// <summary>Ends the subscription: no event reaches the observer after the returned task has completed.</summary>
    public abstract Task UnsubscribeAsync();

    /// <summary>Gives the subscription another observer.</summary>
    public abstract Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token = null);

    /// <inheritdoc />
    public abstract bool Equals(StreamSubscriptionHandle<T>? other);
}
