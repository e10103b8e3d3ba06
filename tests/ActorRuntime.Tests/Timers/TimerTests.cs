using System.Runtime.CompilerServices;
using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Timers;

public sealed class TimerTests(SharedCluster cluster) : IClassFixture<SharedCluster>
{
    [Fact]
    public async Task Timer_WithAPeriod_TicksAgainAndAgain()
    {
        var (grain, key) = Grain();

        await grain.Start(false);

        await Signal.Wait(key + "/tick 3");
        await grain.Stop();
    }

    [Fact]
    public async Task Tick_WhileACallWaits_WaitsForItsTurn()
    {
        var (grain, key) = Grain();
        var (clock, clockKey) = Grain(key + " clock");
        await grain.Start(false);
        var held = grain.Hold();
        await Signal.Wait(key + "/held");

        // A timer of another grain shows that time passes.
        await clock.Start(false);
        await Signal.Wait(clockKey + "/tick 5");
        await clock.Stop();
        Signal.Set(key + "/release");
        await held;
        await Signal.Wait($"{key}/tick {await grain.Ticks() + 1}");
        await grain.Stop();

        var notes = Journal.Of(key);
        Assert.Equal("hold ends", notes[Array.IndexOf(notes, "hold begins") + 1]);
    }

    [Fact]
    public async Task InterleavingTick_WhileACallWaits_Runs()
    {
        var (grain, key) = Grain();
        await grain.Start(true);
        var held = grain.Hold();
        await Signal.Wait(key + "/held");
        var before = await grain.Ticks();

        await Signal.Wait($"{key}/tick {before + 2}");
        Assert.False(held.IsCompleted);
        Signal.Set(key + "/release");
        await held;
        await grain.Stop();
    }

    [Fact]
    public async Task Dispose_OfATimer_EndsItsTicks()
    {
        var (grain, key) = Grain();
        await grain.Start(false);
        await Signal.Wait(key + "/tick 1");
        await grain.Stop();

        // Again, behind a tick that was waiting for its turn already.
        await grain.Stop();
        var ticks = await grain.Ticks();

        var (clock, clockKey) = Grain(key + " clock");
        await clock.Start(false);
        await Signal.Wait(clockKey + "/tick 5");
        await clock.Stop();

        Assert.Equal(ticks, await grain.Ticks());
    }

    [Fact]
    public async Task Dispose_OfATimer_CancelsTheTokenOfItsTick()
    {
        var (grain, key) = Grain();
        await grain.StartWaiting();
        await Signal.Wait(key + "/waits");

        await grain.Stop();

        await Signal.Wait(key + "/cancelled");
    }

    [Fact]
    public async Task Change_OfATimerThatNeverTicks_StartsIt()
    {
        var (grain, key) = Grain();

        await grain.StartThenChange();

        await Signal.Wait(key + "/tick 2");
        await grain.Stop();
    }

    [Fact]
    public async Task Tick_ThatFails_DoesNotEndTheTimer()
    {
        var (grain, key) = Grain();

        await grain.StartFailing();

        await Signal.Wait(key + "/tick 2");
        await grain.Stop();
    }

    [Fact]
    public async Task Deactivation_EndsTheTimers()
    {
        var (grain, key) = Grain();
        await grain.Start(false);
        await Signal.Wait(key + "/tick 1");
        await grain.End();
        // The answer comes from a new activation, without a timer.
        await grain.Ticks();
        var ticks = Journal.Of(key).Length;

        var (clock, clockKey) = Grain(key + " clock");
        await clock.Start(false);
        await Signal.Wait(clockKey + "/tick 5");
        await clock.Stop();

        Assert.Equal(ticks, Journal.Of(key).Length);
    }

    private (ITimerGrain Grain, string Key) Grain([CallerMemberName] string key = "") => (cluster.Client.GetGrain<ITimerGrain>(key), key);
}
