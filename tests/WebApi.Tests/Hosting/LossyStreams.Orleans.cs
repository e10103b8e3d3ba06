using Orleans.Streams;

namespace Dwapi.WebApi.Tests.Hosting;

/// <content>Streams of Orleans also take observers of batches, which the embedded runtime leaves out.</content>
public sealed partial class LossyStreams
{
    private sealed partial class LossyStream<T>
    {
        public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncBatchObserver<T> observer) => inner.SubscribeAsync(observer);

        public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncBatchObserver<T> observer, StreamSequenceToken? token) =>
            inner.SubscribeAsync(observer, token);
    }
}
