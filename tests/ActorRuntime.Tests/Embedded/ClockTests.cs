using System.Runtime.CompilerServices;
using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Embedded;

/// <summary>All times of the runtime come from the TimeProvider, to the tick.</summary>
public sealed class ClockTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly FakeClock _clock = new();
    private ActorCluster? _cluster;

    public async ValueTask InitializeAsync() => _cluster = await ActorCluster.StartAsync(new ClusterSettings { Time = _clock });

    public async ValueTask DisposeAsync() => await _cluster!.DisposeAsync();

    [Fact]
    public async Task ResponseTimeout_ByTheClock_IsKeptToTheMillisecond()
    {
        var (grain, key) = Grain();
        await grain.Activation();
        var call = grain.Hold();

        _clock.Advance(TimeSpan.FromMilliseconds(29_999));
        Assert.False(call.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        await Assert.ThrowsAsync<TimeoutException>(() => call);
        Signal.Set(key + "/release");
    }

    [Fact]
    public async Task CollectionAgeLimit_OfTheClass_GoesBeforeTheDefault()
    {
        var (grain, key) = Grain();
        await grain.Activation();
        for (var i = 0; i < 3; i++)
        {
            _clock.Advance(Minute);
            Assert.Equal(1, await grain.Activation());
        }

        Advance(Minute, 4);

        await Signal.Wait(key + "/deactivated 1");
        Assert.Equal(2, await grain.Activation());
    }

    [Fact]
    public async Task Timer_WithKeepAlive_CountsAsUse()
    {
        var (grain, key) = Grain();
        await grain.StartTimer(keepAlive: true);

        for (var tick = 1; tick <= 20; tick++)
        {
            _clock.Advance(TimeSpan.FromSeconds(30));
            await Signal.Wait($"{key}/tick {tick}");
        }

        Assert.Equal(1, await grain.Activation());
        Assert.Equal(["00:30", "01:00", "01:30"], Journal.Of(key)[..3]);
    }

    [Fact]
    public async Task Timer_WithoutKeepAlive_DoesNotCountAsUse()
    {
        var (grain, key) = Grain();
        await grain.StartTimer(keepAlive: false);

        // A tick that is under way at the minute's look puts the end off to the next one.
        var begun = TimeProvider.System.GetTimestamp();
        while (!Signal.IsSet(key + "/deactivated 1"))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(20), "still active");
            _clock.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }
    }

    [Fact]
    public async Task DelayDeactivation_WhileItLasts_KeepsAnIdleActivation()
    {
        var (grain, key) = Grain();
        await grain.Delay(TimeSpan.FromMinutes(20));

        Advance(Minute, 19);
        Assert.False(Signal.IsSet(key + "/deactivated 1"));
        Advance(Minute, 1);

        await Signal.Wait(key + "/deactivated 1");
    }

    private void Advance(TimeSpan step, int times)
    {
        for (var i = 0; i < times; i++)
            _clock.Advance(step);
    }

    private (ITimedGrain Grain, string Key) Grain([CallerMemberName] string key = "") =>
        (_cluster!.Client.GetGrain<ITimedGrain>(key), key);
}
