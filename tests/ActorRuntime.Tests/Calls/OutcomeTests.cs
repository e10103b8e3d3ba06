using System.Runtime.CompilerServices;
using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Calls;

public sealed class OutcomeTests(SharedCluster cluster) : IClassFixture<SharedCluster>
{
    [Fact]
    public async Task Result_Null_IsNull()
    {
        Assert.Null(await Grain().Grain.Nothing());
    }

    [Fact]
    public async Task Arguments_OfAllKinds_Arrive()
    {
        Assert.Equal("a1bc", await Grain().Grain.Join("a", 1, ["b", "c"]));
    }

    [Fact]
    public async Task ValueTask_WithoutResult_Completes()
    {
        var (grain, key) = Grain();

        await grain.TouchAsValue();

        Assert.Equal(["touch"], Journal.Of(key));
    }

    [Fact]
    public async Task Exception_ThrownAtOnce_ReachesTheCaller()
    {
        var thrown = await Assert.ThrowsAsync<ArgumentException>(Grain().Grain.FailAtOnce);

        Assert.Equal("at once", thrown.Message);
    }

    [Fact]
    public async Task Exception_ThrownLater_ReachesTheCaller()
    {
        var thrown = await Assert.ThrowsAsync<ArgumentException>(Grain().Grain.FailLater);

        Assert.Equal("later", thrown.Message);
    }

    [Fact]
    public async Task Exception_OfAValueTask_ReachesTheCallerInTheTask()
    {
        var (grain, _) = Grain();
        await grain.Touch();

        var call = grain.FailAsValue();

        Assert.Equal("value", (await Assert.ThrowsAsync<ArgumentException>(async () => await call)).Message);
    }

    [Fact]
    public async Task Exception_OfACall_DoesNotEndTheActivation()
    {
        var (grain, key) = Grain();
        await Assert.ThrowsAsync<ArgumentException>(grain.FailLater);

        await grain.Touch();

        Assert.Equal(["touch"], Journal.Of(key));
    }

    [Fact]
    public async Task Timeout_OfAMethod_GivesATimeoutException()
    {
        var (grain, key) = Grain();

        await TimesOut(grain.HoldShortly, key);

        // The call itself goes on: its outcome is unknown to the caller.
        Assert.False(Signal.IsSet(key + "/ended"));
        Signal.Set(key + "/release");
        await Signal.Wait(key + "/ended");
    }

    [Fact]
    public async Task Timeout_OfACallThatWaitsForItsTurn_GivesATimeoutException()
    {
        var (grain, key) = Grain();
        var first = grain.HoldUntilCancelled(TestContext.Current.CancellationToken);
        await Signal.Wait(key + "/held");

        await Assert.ThrowsAsync<TimeoutException>(grain.HoldShortly);

        Assert.False(first.IsCompleted);
    }

    [Fact]
    public async Task Timeout_OfACancellableMethod_CancelsTheCallee()
    {
        var (grain, key) = Grain();

        await TimesOut(() => grain.HoldUntilCancelledShortly(default), key);

        await Signal.Wait(key + "/cancelled");
    }

    [Fact]
    public async Task Cancellation_ByTheCaller_EndsTheCallAndCancelsTheCallee()
    {
        var (grain, key) = Grain();
        using var cancellation = new CancellationTokenSource();
        var call = grain.HoldUntilCancelled(cancellation.Token);
        await Signal.Wait(key + "/held");

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Signal.Wait(key + "/cancelled");
    }

    [Fact]
    public async Task Cancellation_BeforeTheCall_NeverCallsTheMethod()
    {
        var (grain, key) = Grain();
        await grain.Touch();
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await grain.HoldUntilCancelled(cancellation.Token));

        await grain.Touch();
        Assert.Equal(["touch", "touch"], Journal.Of(key));
    }

    [Fact]
    public async Task Cancellation_OfACallThatWaitsForItsTurn_EndsIt()
    {
        var (grain, key) = Grain();
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        var running = grain.HoldUntilCancelled(first.Token);
        await Signal.Wait(key + "/held");
        var waiting = grain.HoldUntilCancelled(second.Token);

        await second.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.False(running.IsCompleted);
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await grain.Touch();
        // Orleans tells the grain in batches, so that the turn may come before the news, even after the next call's; the method then
        // sees a cancelled token. What holds in any order: nothing keeps the grain from its next call.
        Assert.Contains("touch", Journal.Of(key));
    }

    [Fact]
    public async Task CancellationToken_BesideOtherArguments_IsNotCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var (grain, _) = Grain();

        for (var i = 0; i < 2; i++)
            Assert.True(await grain.CanBeCancelled(1, "2", cancellation.Token));
    }

    [Fact]
    public async Task OneWay_OfALongCall_ReturnsAtOnce()
    {
        var (grain, key) = Grain();

        await grain.HoldOneWay();

        Assert.False(Signal.IsSet(key + "/ended"));
        Signal.Set(key + "/release");
        await Signal.Wait(key + "/ended");
    }

    [Fact]
    public async Task OneWay_ThatFails_IsNotHeardOf()
    {
        var (grain, key) = Grain();

        await grain.FailOneWay();

        await Signal.Wait(key + "/failed");
    }

    // On a machine that is busy for a second the call may not even begin, and never does after its time: then another one is made.
    private static async Task TimesOut(Func<Task> call, string key)
    {
        do
            await Assert.ThrowsAsync<TimeoutException>(call);
        while (!Signal.IsSet(key + "/held"));
    }

    private (ICallGrain Grain, string Key) Grain([CallerMemberName] string key = "") => (cluster.Client.GetGrain<ICallGrain>(key), key);
}
