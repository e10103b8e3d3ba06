using Orleans.Runtime;
using Orleans.Streams;

namespace Dwapi.Actors.Runtime;

/// <inheritdoc />
internal sealed class MemorySubscriptionHandle<T>(MemorySubscription<T> subscription) : StreamSubscriptionHandle<T>
{
    public override StreamId StreamId => subscription.Stream;

    public override string ProviderName => subscription.Provider.Name;

    public override Guid HandleId => subscription.Id;

    public override Task UnsubscribeAsync()
    {
        subscription.End();
        return Task.CompletedTask;
    }

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        MemoryStream<T>.ThrowIfPast(token);
        subscription.Resume(observer);
        return Task.FromResult<StreamSubscriptionHandle<T>>(this);
    }

    public override bool Equals(StreamSubscriptionHandle<T>? other) => other is not null && other.HandleId == HandleId;

    public override bool Equals(object? obj) => Equals(obj as StreamSubscriptionHandle<T>);

    public override int GetHashCode() => HandleId.GetHashCode();
}
