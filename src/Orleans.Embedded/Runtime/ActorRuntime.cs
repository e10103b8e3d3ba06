using System.Collections.Concurrent;
using Dwapi.Actors.CodeGeneration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace Dwapi.Actors.Runtime;

/// <summary>All activations and observers of the process.</summary>
internal sealed class ActorRuntime : IDisposable
{
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();
    private readonly ActorCatalog _catalog;
    private ITimer? _collector;
    private long _coarseNow;
    private volatile bool _stopping;

    public ActorRuntime(IServiceProvider services, IOptions<EmbeddedActorOptions> options, ILogger<ActorRuntime> logger, TimeProvider time)
    {
        Services = services;
        Settings = new ActorSettings(options.Value);
        Logger = logger;
        Time = time;
        Filters = [.. services.GetServices<IIncomingGrainCallFilter>()];
        Timeouts = new CallTimeouts(time, Settings.ResponseTimeout);
        _coarseNow = time.GetTimestamp();
        _catalog = new ActorCatalog(this);
        Client = new ActorClient(this);
    }

    public IServiceProvider Services { get; }

    public ActorSettings Settings { get; }

    public ILogger Logger { get; }

    public TimeProvider Time { get; }

    public IIncomingGrainCallFilter[] Filters { get; }

    public CallTimeouts Timeouts { get; }

    public ActorClient Client { get; }

    public ActorCatalog Catalog => _catalog;

    /// <summary>The time of the collector's last round: reading a clock on every call would cost more than the call's own accounting.</summary>
    public long CoarseNow => Volatile.Read(ref _coarseNow);

    public int ActivationCount => _activations.Count;

    public long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Time.TimestampFrequency);

    public void Start()
    {
        using var _ = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        _collector ??= Time.CreateTimer(static state => ((ActorRuntime)state!).Collect(), this, Settings.CollectionQuantum,
            Settings.CollectionQuantum);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        _collector?.Dispose();
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The process ends.");
        var ends = new List<Task>();
        foreach (var (_, activation) in _activations)
        {
            if (activation.IsObserver)
                continue;
            ends.Add(activation.Deactivated);
            activation.Deactivate(reason, cancellationToken);
        }
        Timeouts.CancelCallees();
        await Task.WhenAll(ends).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _collector?.Dispose();
        Timeouts.Dispose();
    }

    public Activation? FindActivation(GrainId id) => _activations.GetValueOrDefault(id);

    public GrainReference Untyped(GrainId id) => new UntypedReference(_catalog.UntypedTarget(id.Type), id.Key);

    public object Cast(GrainReference reference, Type interfaceType) =>
        interfaceType.IsInstanceOfType(reference) ? reference : _catalog.CreateReference(interfaceType, reference.GrainId);

    public void Send(GrainReference target, PendingCall call)
    {
        var source = Activation.Current;
        call.TargetId = target.GrainId;
        call.SourceId = source is null || source.IsObserver ? null : source.GrainId;
        call.Flow = ExecutionContext.Capture();
        if (!RequestContext.IsEmpty)
            call.ReentrancyId = RequestContext.ReentrancyId;
        if (call.CallersToken.IsCancellationRequested)
        {
            call.OnCallerCanceled();
            return;
        }
        if (call.Method.IsCancellable)
        {
            call.Cancellation = new CallCancellation(call.CallersToken);
            call.Cancellation.Watch(call);
        }
        if (!call.Method.IsOneWay)
            Timeouts.Add(call);
        Dispatch(call);
    }

    /// <summary>Brings a call to the activation that is there now.</summary>
    public void Dispatch(PendingCall call)
    {
        if (call.IsLocal)
            return;
        if (!_activations.TryGetValue(call.TargetId, out var activation))
        {
            if (_stopping)
            {
                call.Fail(new OrleansException("The process ends."));
                return;
            }
            if (_catalog.FindClass(call.TargetId.Type) is not { } grainClass)
            {
                call.Fail(new ClientNotAvailableException(call.TargetId));
                return;
            }
            activation = _activations.GetOrAdd(call.TargetId, static (id, state) => new Activation(state.Item1, id, state.grainClass),
                (this, grainClass));
        }
        activation.Post(call);
    }

    public void Forget(Activation activation) => _activations.TryRemove(new(activation.GrainId, activation));

    public GrainId AddObserver(IGrainObserver observer)
    {
        var id = GrainId.Create(GrainClass.Observer.Name, Guid.NewGuid().ToString("N"));
        _activations[id] = new Activation(this, id, observer);
        return id;
    }

    public bool RemoveObserver(GrainId id)
    {
        if (id.Type != GrainClass.Observer.Name || !_activations.TryRemove(id, out var activation))
            return false;
        activation.EndObserver();
        return true;
    }

    private void Collect()
    {
        Volatile.Write(ref _coarseNow, Time.GetTimestamp());
        foreach (var (_, activation) in _activations)
            activation.CollectIfIdle();
    }
}
