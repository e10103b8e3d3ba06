using Dwapi.ActorRuntime.Tests.Runtime;
using Orleans.Streams;

namespace Dwapi.ActorRuntime.Tests.Streams;

public sealed class ListenerGrain : Grain, IListenerGrain
{
    private readonly TaskScheduler _own = TaskScheduler.Current;
    private StreamSubscriptionHandle<string>? _handle;

    private string Key => this.GetPrimaryKeyString();

    private IAsyncStream<string> Stream => this.GetStreamProvider(TestSilo.Streams).GetStream<string>(StreamId.Create("test", Key));

    public async Task Subscribe() => _handle = await Stream.SubscribeAsync(OnNext);

    public Task Unsubscribe() => _handle!.UnsubscribeAsync();

    public async Task<int> Subscriptions() => (await Stream.GetAllSubscriptionHandles()).Count;

    public Task Publish(string text) => Stream.OnNextAsync(text);

    private Task OnNext(string text, StreamSequenceToken? token)
    {
        var where = TaskScheduler.Current == _own ? "" : " outside of a turn";
        Journal.Note(Key, text + where);
        Signal.Set(Key + "/" + text);
        return Task.CompletedTask;
    }
}
