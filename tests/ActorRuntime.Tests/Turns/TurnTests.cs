using System.Runtime.CompilerServices;
using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Turns;

public sealed class TurnTests(SharedCluster cluster) : IClassFixture<SharedCluster>
{
    [Fact]
    public async Task Call_WhileAnotherWaits_WaitsForItsTurn()
    {
        var (grain, key) = Grain<ITurnGrain>();
        var held = grain.Hold();
        await Signal.Wait(key + "/held");

        var ping = grain.Ping();
        await grain.PingAlways();
        Assert.False(ping.IsCompleted);
        Signal.Set(key + "/release");
        await Task.WhenAll(held, ping);

        Assert.Equal(["hold begins", "always", "hold ends", "ping"], Journal.Of(key));
    }

    [Fact]
    public async Task AlwaysInterleave_ThatWaits_DoesNotBlockOthers()
    {
        var (grain, key) = Grain<ITurnGrain>();

        await grain.PingAlways();
        await grain.Ping();

        Assert.Equal(["always", "ping"], Journal.Of(key));
    }

    [Fact]
    public async Task ReadOnly_WhileAReadOnlyCallWaits_Runs()
    {
        var (grain, key) = Grain<ITurnGrain>();
        var held = grain.HoldReadOnly();
        await Signal.Wait(key + "/held");

        await grain.PingReadOnly();
        Signal.Set(key + "/release");
        await held;

        Assert.Equal(["hold begins", "readonly", "hold ends"], Journal.Of(key));
    }

    [Fact]
    public async Task ReadOnly_WhileAWritingCallWaits_WaitsForItsTurn()
    {
        var (grain, key) = Grain<ITurnGrain>();
        var held = grain.Hold();
        await Signal.Wait(key + "/held");

        var ping = grain.PingReadOnly();
        await grain.PingAlways();
        Signal.Set(key + "/release");
        await Task.WhenAll(held, ping);

        Assert.Equal(["hold begins", "always", "hold ends", "readonly"], Journal.Of(key));
    }

    [Fact]
    public async Task Writing_WhileAReadOnlyCallWaits_WaitsForItsTurn()
    {
        var (grain, key) = Grain<ITurnGrain>();
        var held = grain.HoldReadOnly();
        await Signal.Wait(key + "/held");

        var ping = grain.Ping();
        await grain.PingAlways();
        Signal.Set(key + "/release");
        await Task.WhenAll(held, ping);

        Assert.Equal(["hold begins", "always", "hold ends", "ping"], Journal.Of(key));
    }

    [Fact]
    public async Task Reentrant_WhileACallWaits_RunsOthers()
    {
        var (grain, key) = Grain<IReentrantTurnGrain>();
        var held = grain.Hold();
        await Signal.Wait(key + "/held");

        await grain.Ping();
        Signal.Set(key + "/release");
        await held;

        Assert.Equal(["hold begins", "ping", "hold ends"], Journal.Of(key));
    }

    [Fact]
    public async Task Turns_OfAReentrantGrain_NeverOverlap()
    {
        var (grain, _) = Grain<IReentrantTurnGrain>();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(grain.AddSlowly)));

        Assert.Equal(2000, await grain.Sum());
    }

    [Fact]
    public async Task Turns_OfManyCallers_NeverOverlap()
    {
        var (grain, _) = Grain<ITurnGrain>();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(grain.AddSlowly)));

        Assert.Equal(2000, await grain.Sum());
    }

    [Fact]
    public async Task Await_InATurn_ComesBackToTheActivation()
    {
        var (grain, _) = Grain<ITurnGrain>();

        // The first call finds no activation, the second an idle one.
        for (var i = 0; i < 2; i++)
            Assert.Equal(["own", "own", "own", "default", "own"], await grain.Schedulers());
    }

    [Fact]
    public async Task Call_OutsideOfGrains_LeavesTheCallerWhereItWas()
    {
        var (grain, _) = Grain<ITurnGrain>();
        await grain.Ping();
        var before = (TaskScheduler.Current, SynchronizationContext.Current);

        var ping = grain.Ping();

        Assert.Equal(before, (TaskScheduler.Current, SynchronizationContext.Current));
        await ping;
    }

    private (T Grain, string Key) Grain<T>([CallerMemberName] string key = "")
        where T : ITurnGrain => (cluster.Client.GetGrain<T>(key), key);
}
