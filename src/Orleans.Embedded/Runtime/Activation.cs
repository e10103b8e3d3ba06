using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Dwapi.Actors.Runtime;

/// <summary>One activation of a grain, or an observer: its turns, its calls and its life.</summary>
/// <remarks>
/// <para>
/// The gate lets one thread in at a time. Whoever holds it runs turns; whoever finds it closed leaves its work in the queue,
/// which the holder, or a thread of the pool after it, works off. All state below the gate is touched by its holder only.
/// </para>
/// <para>It is the task scheduler of its own turns, so that continuations come back to it.</para>
/// </remarks>
internal sealed partial class Activation : TaskScheduler, IGrainContext, IThreadPoolWorkItem
{
    private readonly object? _observer;
    private object? _instance;
    private AsyncServiceScope? _scope;
    private TaskCompletionSource? _ended;
    private List<Func<CancellationToken, Task>>? _startSteps;
    private List<GrainTimer>? _timers;
    private List<MemorySubscription>? _subscriptions;
    private volatile ActivationState _state;

    public Activation(ActorRuntime runtime, GrainId grainId, GrainClass grainClass)
    {
        Runtime = runtime;
        GrainId = grainId;
        Class = grainClass;
        _marker = NewMarker();
        _lastUse = runtime.CoarseNow;
    }

    /// <summary>An observer: always there, never collected; the runtime does not keep it alive.</summary>
    public Activation(ActorRuntime runtime, GrainId id, IGrainObserver observer)
        : this(runtime, id, GrainClass.Observer)
    {
        _observer = new WeakReference(observer);
        _state = ActivationState.Valid;
    }

    /// <summary>The activation whose turn runs on this thread.</summary>
    public static new Activation? Current => TaskScheduler.Current as Activation;

    public ActorRuntime Runtime { get; }

    public GrainClass Class { get; }

    public GrainId GrainId { get; }

    public GrainReference GrainReference => Runtime.Untyped(GrainId);

    public object? GrainInstance => _observer is WeakReference observer ? observer.Target : _instance;

    public bool IsObserver => _observer is not null;

    public bool HasEnded => _state == ActivationState.Ended;

    public IServiceProvider ActivationServices => (_scope ??= Runtime.Services.CreateAsyncScope()).ServiceProvider;

    public Task Deactivated
    {
        get
        {
            if (HasEnded)
                return Task.CompletedTask;
            var source = Volatile.Read(ref _ended);
            if (source is null)
            {
                var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                source = Interlocked.CompareExchange(ref _ended, fresh, null) ?? fresh;
                if (HasEnded)
                    source.TrySetResult();
            }
            return source.Task;
        }
    }

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override string ToString() => $"{GrainId} ({_state})";

    /// <summary>Adds something to do between the constructor and OnActivateAsync.</summary>
    public void AddStartStep(Func<CancellationToken, Task> step) => (_startSteps ??= []).Add(step);

    /// <summary>A subscription does not outlive its activation.</summary>
    public void AddSubscription(MemorySubscription subscription)
    {
        lock (this)
            (_subscriptions ??= []).Add(subscription);
    }

    public void RemoveSubscription(MemorySubscription subscription)
    {
        lock (this)
            _subscriptions?.Remove(subscription);
    }

    public void AddTimer(GrainTimer timer)
    {
        lock (this)
            (_timers ??= []).Add(timer);
    }

    public void RemoveTimer(GrainTimer timer)
    {
        lock (this)
            _timers?.Remove(timer);
    }
}
