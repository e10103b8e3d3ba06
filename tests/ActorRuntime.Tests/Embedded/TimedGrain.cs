using System.Collections.Concurrent;
using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Embedded;

[CollectionAgeLimit(Minutes = 3)]
public sealed class TimedGrain(TimeProvider time) : Grain, ITimedGrain
{
    private static readonly ConcurrentDictionary<string, int> Activations = new();
    private int _number;
    private int _ticks;

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _number = Activations.AddOrUpdate(Key, 1, static (_, n) => n + 1);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Signal.Set($"{Key}/deactivated {_number}");
        return Task.CompletedTask;
    }

    public Task<int> Activation() => Task.FromResult(_number);

    public Task StartTimer(bool keepAlive)
    {
        var every = TimeSpan.FromSeconds(30);
        this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(every, every) { KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task Delay(TimeSpan delay)
    {
        DelayDeactivation(delay);
        return Task.CompletedTask;
    }

    public Task Hold() => Signal.Wait(Key + "/release");

    private Task Tick()
    {
        _ticks++;
        Journal.Note(Key, time.GetUtcNow().ToString("mm:ss"));
        _ = Tell(_ticks);
        return Task.CompletedTask;
    }

    // In a turn after the tick's own, when its timer is set again: whoever hears of it moves the clock on.
    private async Task Tell(int tick)
    {
        await Task.Yield();
        Signal.Set($"{Key}/tick {tick}");
    }
}
