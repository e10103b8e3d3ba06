using System.Runtime.CompilerServices;
using Dwapi.Actors.CodeGeneration;

namespace Dwapi.Actors.Runtime;

/// <content>The gate, and the turns behind it.</content>
internal sealed partial class Activation
{
    private const int MaxItemsPerVisit = 128;

    [ThreadStatic]
    private static int _depth;

    private readonly Task _marker;
    private Queue<object>? _work;
    private int _gate;
    private volatile int _queued;

    /// <summary>Takes the gate for a call on the thread of its caller.</summary>
    public bool TryBeginInline(ref Turn turn, ActorMethod method)
    {
        if (_state != ActivationState.Valid || Class.AlwaysQueues || method.IsOneWay || _depth >= Runtime.Settings.MaxCallDepth
            || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return false;
        }
        if (Interlocked.CompareExchange(ref _gate, 1, 0) != 0)
            return false;
        var instance = GrainInstance;
        if (_state != ActivationState.Valid || instance is null || !MayStart(method, Guid.Empty))
        {
            ReleaseGate();
            return false;
        }
        _depth++;
        _lastUse = Runtime.CoarseNow;
        turn.Activation = this;
        turn.Instance = instance;
        turn.SavedFlow = ExecutionContext.Capture();
        turn.Saved = ThreadMark.Begin(_marker);
        return true;
    }

    public void EndInline(ref Turn turn)
    {
        turn.Saved.End();
        // What the callee set in its flow must not reach the caller.
        if (turn.SavedFlow is { } flow && !ReferenceEquals(ExecutionContext.Capture(), flow))
            ExecutionContext.Restore(flow);
        _depth--;
        ReleaseGate();
    }

    /// <summary>The inline call waits: from here on it is a pending call like all others.</summary>
    public Task KeepInline(ref Turn turn, ActorCall call, Task running)
    {
        var result = call.Prepare();
        Keep(ref turn, call, running);
        return result;
    }

    /// <inheritdoc cref="KeepInline" />
    public Task<T> KeepInline<T>(ref Turn turn, ActorCall<T> call, Task<T> running)
    {
        var result = call.Prepare();
        Keep(ref turn, call, running);
        return result;
    }

    /// <summary>Leaves work for the holder of the gate: a call, a task, a cancellation or a <see cref="Command"/>.</summary>
    public void Post(object item)
    {
        lock (this)
        {
            _work ??= new Queue<object>();
            _work.Enqueue(item);
            _queued = _work.Count;
        }
        if (Interlocked.CompareExchange(ref _gate, 1, 0) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>A thread of the pool comes to work off the queue; the gate is taken already.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        var saved = ThreadMark.Begin(_marker);
        var more = true;
        for (var done = 0; done < MaxItemsPerVisit && more; done++)
        {
            more = TryTake(out var item);
            if (more)
                Handle(item!);
        }
        saved.End();
        if (more)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        else
            ReleaseGate();
    }

    protected override void QueueTask(Task task)
    {
        // The marker is started here once, and never runs.
        if (_marker is not null)
            Post(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(Current, this) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (this)
            return _work?.OfType<Task>().ToArray() ?? [];
    }

    private Task NewMarker()
    {
        // It lives as long as the activation, and must not keep the flow of the call that made it.
        using var _ = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        var marker = new Task(static () => { });
        marker.Start(this);
        return marker;
    }

    private void ReleaseGate()
    {
        // A full fence between the two: whoever posts either sees the gate open, or is seen here.
        Interlocked.Exchange(ref _gate, 0);
        if (_queued != 0 && Interlocked.CompareExchange(ref _gate, 1, 0) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private bool TryTake(out object? item)
    {
        lock (this)
        {
            item = null;
            if (_work is null || !_work.TryDequeue(out item))
            {
                // An idle activation keeps no queue.
                _work = null;
                return false;
            }
            _queued = _work.Count;
            return true;
        }
    }

    private void Handle(object item)
    {
        switch (item)
        {
            case Task task:
                TryExecuteTask(task);
                break;
            case PendingCall call:
                Admit(call);
                break;
            case CallCancellation cancellation:
                cancellation.CancelInTurn(this);
                break;
            case Command command:
                Obey(command);
                break;
        }
    }
}
