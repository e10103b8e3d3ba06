using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Timers;

public sealed class TimerGrain : Grain, ITimerGrain
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;
    private IGrainTimer? _timer;
    private int _ticks;

    private string Key => this.GetPrimaryKeyString();

    public Task Start(bool interleave)
    {
        _timer = this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(Short, Short) { Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task StartFailing()
    {
        _timer = this.RegisterGrainTimer(static async (grain, _) =>
        {
            await grain.Tick();
            if (grain._ticks == 1)
                throw new InvalidOperationException("The first tick fails.");
        }, this, Short, Short);
        return Task.CompletedTask;
    }

    public Task StartWaiting()
    {
        _timer = this.RegisterGrainTimer(async cancellationToken =>
        {
            Signal.Set(Key + "/waits");
            using var registration = cancellationToken.Register(() => Signal.Set(Key + "/cancelled"));
            await Signal.Wait(Key + "/cancelled");
        }, new GrainTimerCreationOptions(TimeSpan.Zero, Never) { Interleave = true });
        return Task.CompletedTask;
    }

    public Task StartThenChange()
    {
        _timer = this.RegisterGrainTimer(Tick, Never, Never);
        _timer.Change(Short, Short);
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public async Task Hold()
    {
        Journal.Note(Key, "hold begins");
        Signal.Set(Key + "/held");
        await Signal.Wait(Key + "/release");
        Journal.Note(Key, "hold ends");
    }

    public Task<int> Ticks() => Task.FromResult(_ticks);

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private async Task Tick()
    {
        _ticks++;
        Journal.Note(Key, "tick");
        Signal.Set($"{Key}/tick {_ticks}");
        await Task.Yield();
    }
}
