using Dwapi.Actors.CodeGeneration;
using Orleans.Runtime;
using Orleans.Storage;

namespace Dwapi.Actors.Runtime;

/// <content>Which calls run, and which wait.</content>
internal sealed partial class Activation
{
    private List<PendingCall>? _waiting;
    private PendingCall? _blocking;
    private Dictionary<Guid, int>? _reentrantSections;
    private int _running;
    private bool _startingWaiting;
    private bool _startAgain;

    public void EnterReentrantSection(Guid id)
    {
        _reentrantSections ??= [];
        _reentrantSections[id] = _reentrantSections.GetValueOrDefault(id) + 1;
    }

    public void ExitReentrantSection(Guid id)
    {
        if (_reentrantSections is null || !_reentrantSections.TryGetValue(id, out var count))
            return;
        if (count > 1)
            _reentrantSections[id] = count - 1;
        else
            _reentrantSections.Remove(id);
    }

    /// <summary>A call has failed: some exceptions mean that the activation must not go on.</summary>
    public void OnFault(Task call) => OnFault(call.Exception?.InnerException);

    /// <inheritdoc cref="OnFault(Task)" />
    public void OnFault(Exception? fault)
    {
        if (fault is InconsistentStateException { IsSourceActivation: true } exception)
        {
            exception.IsSourceActivation = false;
            Deactivate(new Orleans.DeactivationReason(Orleans.DeactivationReasonCode.ApplicationError, exception, exception.Message));
        }
    }

    private static bool IsReadOnly(PendingCall call) => !call.IsLocal && call.Method.IsReadOnly;

    private bool MayStart(ActorMethod method, Guid reentrancyId) =>
        _running == 0
        || _blocking is null
        || Class.IsReentrant
        || method.AlwaysInterleaves
        || (method.IsReadOnly && IsReadOnly(_blocking))
        || (reentrancyId != Guid.Empty && _reentrantSections?.ContainsKey(reentrancyId) == true);

    private void Admit(PendingCall call)
    {
        switch (_state)
        {
            case ActivationState.Ended:
                Runtime.Dispatch(call);
                break;
            case ActivationState.Valid when MayStart(call.Method, call.ReentrancyId):
                if (!call.IsClosed)
                    Start(call);
                break;
            default:
                (_waiting ??= []).Add(call);
                if (_state == ActivationState.Created)
                    BeginActivation(call);
                break;
        }
    }

    private void Start(PendingCall call)
    {
        if (call is not TimerTick { KeepsAlive: false })
            _lastUse = Runtime.CoarseNow;
        Record(call);
        if (call.Flow is { } flow)
            ExecutionContext.Run(flow, static state => Run((PendingCall)state!), call);
        else
            Run(call);
    }

    private void Record(PendingCall call)
    {
        call.Activation = this;
        _running++;
        if (_blocking is null && !call.Method.AlwaysInterleaves)
            _blocking = call;
    }

    private static void Run(PendingCall call)
    {
        var activation = call.Activation!;
        Task running;
        try
        {
            var instance = activation.GrainInstance;
            running = instance is null
                ? activation.FailForgotten()
                : activation.Class.AlwaysQueues && !call.IsLocal
                    ? CallFilters.Invoke(call, instance)
                    : call.InvokeCore(instance, call.Cancellation?.Token ?? default);
            running ??= Task.FromException(new InvalidOperationException($"{call.Method} returned null instead of a task."));
        }
        catch (Exception exception)
        {
            running = Task.FromException(exception);
        }
        if (running.IsCompleted)
        {
            call.Running = running;
            activation.Finish(call);
        }
        else
        {
            activation.Await(call, running);
        }
    }

    /// <summary>Nobody but the runtime holds the observer any more.</summary>
    private Task FailForgotten()
    {
        Runtime.RemoveObserver(GrainId);
        return Task.FromException(new ClientNotAvailableException(GrainId));
    }

    private void Await(PendingCall call, Task running)
    {
        call.Running = running;
        // Comes back as a turn of this activation, as every await within it does.
        running.GetAwaiter().UnsafeOnCompleted(call.FinishInTurn);
    }

    private void Keep(ref Turn turn, PendingCall call, Task running)
    {
        call.TargetId = GrainId;
        if (turn.Cancellation is { } cancellation)
        {
            call.Cancellation = cancellation;
            cancellation.Watch(call);
        }
        Runtime.Timeouts.Add(call);
        Record(call);
        Await(call, running);
    }

    /// <summary>A call has ended, well or not. Called in a turn.</summary>
    internal void Finish(PendingCall call)
    {
        _running--;
        if (ReferenceEquals(_blocking, call))
            _blocking = null;
        call.Cancellation?.Release();
        var running = call.Running!;
        if (!running.IsCompletedSuccessfully)
        {
            OnFault(running);
            if (!call.HasResult && running.Exception is { } unheard)
                Log.UnheardFailure(Runtime.Logger, unheard.InnerException!, call.Method.ToString(), GrainId);
        }
        call.Complete(running);
        StartWaiting();
        if (_state == ActivationState.Deactivating && _running == 0)
            Post(Command.FinishDeactivation);
    }

    private void StartWaiting()
    {
        if (_startingWaiting)
        {
            _startAgain = true;
            return;
        }
        if (_waiting is null)
            return;
        if (_state == ActivationState.Ended)
        {
            foreach (var call in TakeWaiting())
                Runtime.Dispatch(call);
        }
        if (_state != ActivationState.Valid)
            return;
        _startingWaiting = true;
        do
        {
            _startAgain = false;
            for (var i = 0; i < _waiting.Count && _state == ActivationState.Valid;)
            {
                var call = _waiting[i];
                if (call.IsClosed)
                {
                    _waiting.RemoveAt(i);
                }
                else if (MayStart(call.Method, call.ReentrancyId))
                {
                    _waiting.RemoveAt(i);
                    Start(call);
                }
                else
                {
                    i++;
                }
            }
        }
        while (_startAgain);
        _startingWaiting = false;
        if (_waiting.Count == 0)
            _waiting = null;
    }
}
