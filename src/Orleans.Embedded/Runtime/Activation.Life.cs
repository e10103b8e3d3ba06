using Dwapi.Actors.CodeGeneration;
using Orleans;

namespace Dwapi.Actors.Runtime;

/// <content>Activation, idle collection and deactivation.</content>
internal sealed partial class Activation
{
    private DeactivationReason _reason;
    private bool _deactivateAfterStart;
    private bool _finishing;
    private long _lastUse;
    private long _keepUntil;

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        if (ReferenceEquals(Current, this))
            BeginDeactivation(deactivationReason);
        else
            Post(new Command(CommandKind.Deactivate, deactivationReason));
    }

    public void DelayDeactivation(TimeSpan time) =>
        _keepUntil = time > TimeSpan.Zero ? Runtime.Time.GetTimestamp() + Runtime.Ticks(time) : 0;

    /// <summary>Called by the collector, on its thread: a first look without the gate.</summary>
    public void CollectIfIdle()
    {
        if (IsIdle())
            Post(Command.CollectIfIdle);
    }

    /// <summary>The observer was deleted: calls that were not begun fail.</summary>
    public void EndObserver() => _state = ActivationState.Ended;

    private bool IsIdle()
    {
        var age = Class.CollectionAge ?? Runtime.Settings.CollectionAge;
        if (_state != ActivationState.Valid || _running != 0 || IsObserver || age == Timeout.InfiniteTimeSpan)
            return false;
        var now = Runtime.Time.GetTimestamp();
        // The last use is known to a quantum of the collector only.
        return now >= _keepUntil && now - _lastUse >= Runtime.Ticks(age + Runtime.Settings.CollectionQuantum);
    }

    private void Obey(Command command)
    {
        switch (command.Kind)
        {
            case CommandKind.Deactivate:
                BeginDeactivation(command.Reason);
                break;
            case CommandKind.FinishDeactivation when _state == ActivationState.Deactivating && _running == 0 && !_finishing:
                _finishing = true;
                _ = FinishDeactivationAsync();
                break;
            case CommandKind.CollectIfIdle when IsIdle():
                BeginDeactivation(new DeactivationReason(DeactivationReasonCode.ActivationIdle, "Not used for its collection age."));
                break;
        }
    }

    private void BeginActivation(PendingCall first)
    {
        _state = ActivationState.Activating;
        if (first.Flow is { } flow)
            ExecutionContext.Run(flow, static state => _ = ((Activation)state!).ActivateAsync(), this);
        else
            _ = ActivateAsync();
    }

    private async Task ActivateAsync()
    {
        try
        {
            _instance = Class.Create(this);
            using var limit = new CancellationTokenSource(Runtime.Settings.ActivationTimeout, Runtime.Time);
            if (_startSteps is { } steps)
            {
                _startSteps = null;
                foreach (var step in steps)
                    await step(limit.Token);
            }
            if (_instance is IGrainBase grain)
                await grain.OnActivateAsync(limit.Token);
        }
        catch (Exception exception)
        {
            Log.ActivationFailed(Runtime.Logger, exception, GrainId);
            await EndAsync();
            foreach (var call in TakeWaiting())
                call.Fail(exception);
            return;
        }
        _state = ActivationState.Valid;
        StartWaiting();
        if (_deactivateAfterStart)
            BeginDeactivation(_reason);
    }

    private void BeginDeactivation(DeactivationReason reason)
    {
        switch (_state)
        {
            case ActivationState.Activating:
                _deactivateAfterStart = true;
                _reason = reason;
                break;
            case ActivationState.Created or ActivationState.Valid when !IsObserver:
                _reason = reason;
                _state = ActivationState.Deactivating;
                StopTimers();
                // Not at once: the turn that asks for it is not over.
                Post(Command.FinishDeactivation);
                break;
        }
    }

    private async Task FinishDeactivationAsync()
    {
        try
        {
            if (_instance is IGrainBase grain)
            {
                using var limit = new CancellationTokenSource(Runtime.Settings.DeactivationTimeout, Runtime.Time);
                await grain.OnDeactivateAsync(_reason, limit.Token);
            }
        }
        catch (Exception exception)
        {
            Log.DeactivationFailed(Runtime.Logger, exception, GrainId);
        }
        await EndAsync();
        foreach (var call in TakeWaiting())
            Runtime.Dispatch(call);
    }

    private async Task EndAsync()
    {
        StopTimers();
        EndSubscriptions();
        try
        {
            if (_instance is IAsyncDisposable asyncDisposable)
                await asyncDisposable.DisposeAsync();
            else
                (_instance as IDisposable)?.Dispose();
            if (_scope is { } scope)
                await scope.DisposeAsync();
        }
        catch (Exception exception)
        {
            Log.DeactivationFailed(Runtime.Logger, exception, GrainId);
        }
        Runtime.Forget(this);
        _state = ActivationState.Ended;
        Volatile.Read(ref _ended)?.TrySetResult();
    }

    private List<PendingCall> TakeWaiting()
    {
        var waiting = _waiting ?? [];
        _waiting = null;
        return waiting;
    }

    private void EndSubscriptions()
    {
        MemorySubscription[] subscriptions;
        lock (this)
            subscriptions = _subscriptions?.ToArray() ?? [];
        foreach (var subscription in subscriptions)
            subscription.End();
    }

    private void StopTimers()
    {
        GrainTimer[] timers;
        lock (this)
            timers = _timers?.ToArray() ?? [];
        foreach (var timer in timers)
            timer.Dispose();
    }
}
