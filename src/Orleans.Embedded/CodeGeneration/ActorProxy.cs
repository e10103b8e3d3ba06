using Dwapi.Actors.Runtime;
using Orleans.Runtime;

namespace Dwapi.Actors.CodeGeneration;

/// <summary>The base of generated proxies.</summary>
/// <remarks>
/// A proxy first tries to run the call as a turn on the thread of the caller (<see cref="Enter"/>); if the activation is
/// busy or there is none, it sends the call as an object instead. A call that completes within its turn allocates nothing
/// beyond its result.
/// </remarks>
public abstract class ActorProxy : GrainReference
{
    private Activation? _activation;

    /// <summary>Made by the catalogue.</summary>
    protected ActorProxy(ReferenceTarget target, IdSpan key)
        : base(target, key)
    {
    }

    /// <summary>Begins a turn on this thread, if the activation is there and idle.</summary>
    protected bool Enter(ref Turn turn, ActorMethod method)
    {
        var activation = _activation;
        if (activation is null || activation.HasEnded)
        {
            activation = Target.Runtime.FindActivation(GrainId);
            if (activation is null)
                return false;
            _activation = activation;
        }
        return activation.TryBeginInline(ref turn, method);
    }

    /// <summary>Ends the turn; the call may still wait.</summary>
    protected Task Leave(ref Turn turn, ActorMethod method, Task? result)
    {
        result ??= Task.CompletedTask;
        var activation = turn.Activation!;
        if (!result.IsCompleted)
            result = activation.KeepInline(ref turn, new ActorCall(method), result);
        else if (!result.IsCompletedSuccessfully)
            activation.OnFault(result);
        activation.EndInline(ref turn);
        return result;
    }

    /// <summary>Ends the turn; the call may still wait.</summary>
    protected Task<T> Leave<T>(ref Turn turn, ActorMethod method, Task<T>? result)
    {
        result ??= Task.FromException<T>(new InvalidOperationException($"{method} returned null instead of a task."));
        var activation = turn.Activation!;
        if (!result.IsCompleted)
            result = activation.KeepInline(ref turn, new ActorCall<T>(method), result);
        else if (!result.IsCompletedSuccessfully)
            activation.OnFault(result);
        activation.EndInline(ref turn);
        return result;
    }

    /// <summary>Ends the turn; the call may still wait.</summary>
    protected ValueTask Leave(ref Turn turn, ActorMethod method, ValueTask result)
    {
        if (!result.IsCompletedSuccessfully)
            return new ValueTask(Leave(ref turn, method, result.AsTask()));
        turn.Activation!.EndInline(ref turn);
        return result;
    }

    /// <summary>Ends the turn; the call may still wait.</summary>
    protected ValueTask<T> Leave<T>(ref Turn turn, ActorMethod method, ValueTask<T> result)
    {
        if (!result.IsCompletedSuccessfully)
            return new ValueTask<T>(Leave(ref turn, method, result.AsTask()));
        turn.Activation!.EndInline(ref turn);
        return result;
    }

    /// <summary>Sends a call without a result value.</summary>
    protected Task Send(ActorCall call)
    {
        var result = call.Prepare();
        Target.Runtime.Send(this, call);
        return result;
    }

    /// <summary>Sends a call with a result value.</summary>
    protected Task<T> Send<T>(ActorCall<T> call)
    {
        var result = call.Prepare();
        Target.Runtime.Send(this, call);
        return result;
    }
}
