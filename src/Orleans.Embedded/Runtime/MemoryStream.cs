using Orleans.Runtime;
using Orleans.Streams;

namespace Dwapi.Actors.Runtime;

/// <inheritdoc />
internal sealed class MemoryStream<T>(MemoryStreamProvider provider, StreamId streamId) : IAsyncStream<T>
{
    public bool IsRewindable => false;

    public string ProviderName => provider.Name;

    public StreamId StreamId => streamId;

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer) => SubscribeAsync(observer, null);

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token, string? filterData = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        ThrowIfPast(token);
        var subscription = new MemorySubscription<T>(provider, streamId, Activation.Current, observer);
        subscription.Begin();
        return Task.FromResult<StreamSubscriptionHandle<T>>(new MemorySubscriptionHandle<T>(subscription));
    }

    public Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles()
    {
        var owner = Activation.Current;
        var handles = (provider.FindHub(streamId)?.Subscriptions ?? [])
            .OfType<MemorySubscription<T>>()
            .Where(s => ReferenceEquals(s.Owner, owner))
            .Select(StreamSubscriptionHandle<T> (s) => new MemorySubscriptionHandle<T>(s))
            .ToList();
        return Task.FromResult<IList<StreamSubscriptionHandle<T>>>(handles);
    }

    public Task OnNextAsync(T item, StreamSequenceToken? token = null)
    {
        ThrowIfGiven(token);
        provider.FindHub(streamId)?.Publish(item, provider);
        return Task.CompletedTask;
    }

    public Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ThrowIfGiven(token);
        if (provider.FindHub(streamId) is { } hub)
        {
            foreach (var item in batch)
                hub.Publish(item, provider);
        }
        return Task.CompletedTask;
    }

    public Task OnCompletedAsync() => throw new NotImplementedException("These streams do not end.");

    public Task OnErrorAsync(Exception ex) => throw new NotImplementedException("These streams carry events only.");

    public bool Equals(IAsyncStream<T>? other) => other is not null && other.StreamId == streamId && other.ProviderName == provider.Name;

    public override bool Equals(object? obj) => Equals(obj as IAsyncStream<T>);

    public override int GetHashCode() => HashCode.Combine(streamId, provider.Name);

    public int CompareTo(IAsyncStream<T>? other) => other is null ? 1 : streamId.CompareTo(other.StreamId);

    internal static void ThrowIfPast(StreamSequenceToken? token)
    {
        if (token is not null)
            throw new ArgumentNullException(nameof(token), "These streams keep no past; a subscription begins now.");
    }

    private static void ThrowIfGiven(StreamSequenceToken? token)
    {
        if (token is not null)
            throw new ArgumentException("These streams number their events themselves.", nameof(token));
    }
}
