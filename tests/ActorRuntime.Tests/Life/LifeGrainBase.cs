using System.Collections.Concurrent;
using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Life;

public abstract class LifeGrainBase : Grain
{
    private static readonly ConcurrentDictionary<string, int> Activations = new();
    private static readonly ConcurrentDictionary<string, int> Alive = new();
    private int _number;

    private string Key => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _number = Activations.AddOrUpdate(Key, 1, static (_, n) => n + 1);
        if (Alive.AddOrUpdate(Key, 1, static (_, n) => n + 1) != 1)
            Journal.Note(Key, "two at once");
        Journal.Note(Key, $"activate {_number}");
        await Task.Yield();
        if (Key.Contains("fails first") && _number == 1)
        {
            Alive.AddOrUpdate(Key, 0, static (_, n) => n - 1);
            throw new InvalidOperationException("Not this time.");
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Journal.Note(Key, $"deactivate {_number} {reason.ReasonCode}");
        Alive.AddOrUpdate(Key, 0, static (_, n) => n - 1);
        Signal.Set($"{Key}/deactivated {_number}");
    }

    public Task<int> Number() => Task.FromResult(_number);

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task<int> EndAndHold()
    {
        DeactivateOnIdle();
        Signal.Set(Key + "/held");
        await Signal.Wait(Key + "/release");
        return _number;
    }

    public Task Delay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }
}
