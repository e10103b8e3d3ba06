using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Dwapi.ActorRuntime.Tests.Runtime;
using Orleans.Streams;

namespace Dwapi.ActorRuntime.Tests.Streams;

public sealed class StreamTests(SharedCluster cluster) : IClassFixture<SharedCluster>
{
    private static readonly Func<Exception, Task> Ignore = static _ => Task.CompletedTask;

    [Fact]
    public async Task Events_ForAClient_ArriveInOrder()
    {
        var (stream, key) = Stream();
        var seen = new ConcurrentQueue<string>();
        var handle = await stream.SubscribeAsync((text, _) => Take(seen, key, text), Ignore);

        for (var i = 0; i < 100; i++)
            await stream.OnNextAsync(i.ToString());

        await Signal.Wait(key + "/99");
        Assert.Equal(Enumerable.Range(0, 100).Select(i => i.ToString()), seen);
        await handle.UnsubscribeAsync();
    }

    [Fact]
    public async Task Batch_ForAClient_ArrivesInOrder()
    {
        var (stream, key) = Stream();
        var seen = new ConcurrentQueue<string>();
        var handle = await stream.SubscribeAsync((text, _) => Take(seen, key, text), Ignore);

        await stream.OnNextBatchAsync(["a", "b", "c"]);

        await Signal.Wait(key + "/c");
        Assert.Equal(["a", "b", "c"], seen);
        await handle.UnsubscribeAsync();
    }

    [Fact]
    public async Task Events_FromAGrain_ReachAllSubscribers()
    {
        var (stream, key) = Stream();
        var one = new ConcurrentQueue<string>();
        var two = new ConcurrentQueue<string>();
        var first = await stream.SubscribeAsync((text, _) => Take(one, key + " 1", text), Ignore);
        var second = await stream.SubscribeAsync((text, _) => Take(two, key + " 2", text), Ignore);

        await cluster.Client.GetGrain<IListenerGrain>(key).Publish("hello");

        await Signal.Wait(key + " 1/hello");
        await Signal.Wait(key + " 2/hello");
        await first.UnsubscribeAsync();
        await second.UnsubscribeAsync();
    }

    [Fact]
    public async Task Events_ForAGrain_AreTurnsOfIt()
    {
        var (stream, key) = Stream();
        var grain = cluster.Client.GetGrain<IListenerGrain>(key);
        await grain.Subscribe();

        await stream.OnNextAsync("one");
        await stream.OnNextAsync("two");

        await Signal.Wait(key + "/two");
        Assert.Equal(["one", "two"], Journal.Of(key));
        await grain.Unsubscribe();
    }

    [Fact]
    public async Task GetAllSubscriptionHandles_InAGrain_AreItsOwn()
    {
        var (stream, key) = Stream();
        var clients = await stream.SubscribeAsync((_, _) => Task.CompletedTask, Ignore);
        var grain = cluster.Client.GetGrain<IListenerGrain>(key);
        await grain.Subscribe();

        Assert.Equal(1, await grain.Subscriptions());
        Assert.Equal(clients, Assert.Single(await stream.GetAllSubscriptionHandles()));
        await grain.Unsubscribe();
        Assert.Equal(0, await grain.Subscriptions());
        await clients.UnsubscribeAsync();
    }

    [Fact]
    public async Task Unsubscribe_OfOne_LeavesTheOthers()
    {
        var (stream, key) = Stream();
        var one = new ConcurrentQueue<string>();
        var two = new ConcurrentQueue<string>();
        var first = await stream.SubscribeAsync((text, _) => Take(one, key + " 1", text), Ignore);
        var second = await stream.SubscribeAsync((text, _) => Take(two, key + " 2", text), Ignore);
        await stream.OnNextAsync("before");
        await Signal.Wait(key + " 1/before");
        await Signal.Wait(key + " 2/before");

        await first.UnsubscribeAsync();
        await stream.OnNextAsync("after");

        await Signal.Wait(key + " 2/after");
        Assert.Equal(["before"], one);
        await second.UnsubscribeAsync();
    }

    [Fact]
    public async Task Observer_ThatFails_DoesNotHarmTheOthers()
    {
        var (stream, key) = Stream();
        var seen = new ConcurrentQueue<string>();
        var failing = await stream.SubscribeAsync(static (_, _) => throw new InvalidOperationException("Always."), Ignore);
        var handle = await stream.SubscribeAsync((text, _) => Take(seen, key, text), Ignore);

        await stream.OnNextAsync("one");
        await stream.OnNextAsync("two");

        await Signal.Wait(key + "/two");
        Assert.Equal(["one", "two"], seen);
        await failing.UnsubscribeAsync();
        await handle.UnsubscribeAsync();
    }

    [Fact]
    public async Task Resume_OfASubscription_GivesItANewObserver()
    {
        var (stream, key) = Stream();
        var old = new ConcurrentQueue<string>();
        var fresh = new ConcurrentQueue<string>();
        var handle = await stream.SubscribeAsync((text, _) => Take(old, key, text), Ignore);

        var resumed = await handle.ResumeAsync((text, _) => Take(fresh, key, text), Ignore);
        await stream.OnNextAsync("new");

        await Signal.Wait(key + "/new");
        Assert.Empty(old);
        Assert.Equal(["new"], fresh);
        await resumed.UnsubscribeAsync();
    }

    [Fact]
    public void StreamId_OfNamespaceAndKey_GivesThemBack()
    {
        var id = StreamId.Create("space", "key");

        Assert.Equal(("space", "key", "space/key"), (id.GetNamespace(), id.GetKeyAsString(), id.ToString()));
        Assert.Equal(id, StreamId.Create("space", "key"));
        Assert.NotEqual(id, StreamId.Create("other", "key"));
    }

    private static Task Take(ConcurrentQueue<string> seen, string key, string text)
    {
        seen.Enqueue(text);
        Signal.Set(key + "/" + text);
        return Task.CompletedTask;
    }

    private (IAsyncStream<string> Stream, string Key) Stream([CallerMemberName] string key = "") =>
        (cluster.Client.GetStreamProvider(TestSilo.Streams).GetStream<string>(StreamId.Create("test", key)), key);
}
