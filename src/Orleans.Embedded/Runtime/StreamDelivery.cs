using Dwapi.Actors.CodeGeneration;
using Orleans.Streams;

namespace Dwapi.Actors.Runtime;

/// <summary>One event on its way to a grain, admitted as a call of it.</summary>
internal sealed class StreamDelivery : ActorCall
{
    private static readonly ActorMethod Deliver = new(typeof(IAsyncObserver<>), "OnNextAsync", ActorMethodOptions.OneWay, null);
    private readonly MemorySubscription _subscription;

    public StreamDelivery(MemorySubscription subscription)
        : base(Deliver)
    {
        _subscription = subscription;
        TargetId = subscription.Owner!.GrainId;
        IsLocal = true;
    }

    public override Task Invoke(object target, CancellationToken cancellationToken) => _subscription.DeliverOneAsync();
}
