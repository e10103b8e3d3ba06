using System.Runtime.CompilerServices;
using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Observers;

public sealed class ObserverTests(SharedCluster cluster) : IClassFixture<SharedCluster>
{
    [Fact]
    public async Task Ask_OfAnObserver_GivesItsAnswer()
    {
        var (grain, observer, _) = await Subscribed();

        Assert.Equal(nameof(Ask_OfAnObserver_GivesItsAnswer) + ": why", await grain.Ask("why"));
        GC.KeepAlive(observer);
    }

    [Fact]
    public async Task Tell_OfAnObserver_ReachesIt()
    {
        var (grain, observer, _) = await Subscribed();

        await grain.Tell("this");

        Assert.Equal(["this"], Journal.Of(nameof(Tell_OfAnObserver_ReachesIt)));
        GC.KeepAlive(observer);
    }

    [Fact]
    public async Task OneWay_OfAnObserver_ReachesIt()
    {
        var (grain, observer, _) = await Subscribed();

        await grain.Shout("hey");

        await Signal.Wait(nameof(OneWay_OfAnObserver_ReachesIt) + "/hey");
        GC.KeepAlive(observer);
    }

    [Fact]
    public async Task Exception_OfAnObserver_ReachesTheGrain()
    {
        var (grain, observer, _) = await Subscribed();

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => grain.Ask("fail"));

        Assert.Equal("Not answered.", thrown.Message);
        GC.KeepAlive(observer);
    }

    [Fact]
    public async Task AlwaysInterleave_WhileTheObserverIsBusy_Runs()
    {
        var (grain, observer, _) = await Subscribed();
        var held = grain.Tell("hold");
        await Signal.Wait(nameof(AlwaysInterleave_WhileTheObserverIsBusy_Runs) + "/told");

        Assert.Equal("always", await grain.AskAlways());
        Signal.Set(nameof(AlwaysInterleave_WhileTheObserverIsBusy_Runs) + "/release");
        await held;
        GC.KeepAlive(observer);
    }

    [Fact]
    public async Task Cancellation_FlowsThroughTheGrainToTheObserver()
    {
        var (grain, observer, _) = await Subscribed();
        using var cancellation = new CancellationTokenSource();
        var asked = grain.AskUntilCancelled(cancellation.Token);
        await Signal.Wait(nameof(Cancellation_FlowsThroughTheGrainToTheObserver) + "/asked");

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await Signal.Wait(nameof(Cancellation_FlowsThroughTheGrainToTheObserver) + "/cancelled");
        GC.KeepAlive(observer);
    }

    [Fact]
    public async Task Deleted_Observer_GivesAnErrorToTheGrain()
    {
        var (grain, observer, reference) = await Subscribed();
        cluster.Client.DeleteObjectReference<ITestObserver>(reference);

        await Assert.ThrowsAnyAsync<Exception>(grain.AskShortly);
        GC.KeepAlive(observer);
    }

    [Fact]
    public async Task Reference_ToAnObserver_StaysEqualAcrossCalls()
    {
        var (grain, observer, reference) = await Subscribed();

        Assert.True(await grain.IsSubscribed(reference));
        GC.KeepAlive(observer);
    }

    [Fact]
    public void References_ToTwoObservers_AreNotEqual()
    {
        var one = new TestObserver("one");
        var two = new TestObserver("two");

        Assert.NotEqual(cluster.Client.CreateObjectReference<ITestObserver>(one), cluster.Client.CreateObjectReference<ITestObserver>(two));
    }

    private async Task<(IObservedGrain Grain, TestObserver Observer, ITestObserver Reference)> Subscribed([CallerMemberName] string key = "")
    {
        var observer = new TestObserver(key);
        var reference = cluster.Client.CreateObjectReference<ITestObserver>(observer);
        var grain = cluster.Client.GetGrain<IObservedGrain>(key);
        await grain.Subscribe(reference);
        return (grain, observer, reference);
    }
}
