using Orleans.Streams;

namespace Dwapi.WebApi.Tests.Hosting;

/// <summary>A stream provider that loses, delays and reorders what a test wants; everything else goes to the real one.</summary>
public sealed partial class LossyStreams(IStreamProvider inner) : IStreamProvider
{
    private readonly Lock _lock = new();
    private readonly List<(int After, Func<Task> Publish)> _late = [];
    private int _published;

    /// <summary>True: what is published is lost.</summary>
    public bool Lossy { get; set; }

    /// <summary>True: what is published is lost until somebody subscribes, as when the runtime forgot who had.</summary>
    public bool Forgotten { get; set; }

    /// <summary>True: publishing does not return, as while the silo with the queue is gone.</summary>
    public bool Stuck { get; set; }

    /// <summary>What becomes of each thing that is published; null: all of it arrives.</summary>
    public Func<Fate>? Fates { get; set; }

    public string Name => inner.Name;

    public bool IsRewindable => inner.IsRewindable;

    public IAsyncStream<T> GetStream<T>(StreamId streamId) => new LossyStream<T>(this, inner.GetStream<T>(streamId));

    /// <summary>Publishes, or not, or after later ones.</summary>
    private async Task Publish(Func<Task> publish)
    {
        if (Stuck)
        {
            await new TaskCompletionSource().Task;
        }

        var fate = Lossy || Forgotten ? Fate.Lost : Fates?.Invoke() ?? Fate.Arrives;
        List<Func<Task>> due = [];
        lock (_lock)
        {
            _published++;
            if (fate is Fate.Arrives)
            {
                due.Add(publish);
            }
            else if (fate is not Fate.Lost)
            {
                _late.Add((_published + (int)fate, publish));
            }

            due.AddRange(_late.Where(late => late.After == _published).Select(late => late.Publish));
            _late.RemoveAll(late => late.After == _published);
        }

        foreach (var one in due)
        {
            await one();
        }
    }

    private async Task<T> Subscribed<T>(Task<T> subscribing)
    {
        var subscription = await subscribing;
        Forgotten = false;
        return subscription;
    }

    private sealed partial class LossyStream<T>(LossyStreams provider, IAsyncStream<T> inner) : IAsyncStream<T>
    {
        public bool IsRewindable => inner.IsRewindable;

        public string ProviderName => inner.ProviderName;

        public StreamId StreamId => inner.StreamId;

        public Task OnNextAsync(T item, StreamSequenceToken? token = null) => provider.Publish(() => inner.OnNextAsync(item, token));

        public Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null) =>
            provider.Publish(() => inner.OnNextBatchAsync(batch, token));

        public Task OnErrorAsync(Exception ex) => inner.OnErrorAsync(ex);

        public Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles() => inner.GetAllSubscriptionHandles();

        public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer) =>
            provider.Subscribed(inner.SubscribeAsync(observer));

        public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token, string? filterData = null) =>
            provider.Subscribed(inner.SubscribeAsync(observer, token, filterData));

        public bool Equals(IAsyncStream<T>? other) => inner.Equals(other);

        public int CompareTo(IAsyncStream<T>? other) => inner.CompareTo(other);

        public override bool Equals(object? obj) => inner.Equals(obj);

        public override int GetHashCode() => inner.GetHashCode();
    }
}
