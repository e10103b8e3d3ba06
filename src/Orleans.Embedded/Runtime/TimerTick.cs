using Dwapi.Actors.CodeGeneration;
using Orleans.Runtime;

namespace Dwapi.Actors.Runtime;

/// <summary>One tick of a grain timer, admitted as a call of the grain itself.</summary>
internal sealed class TimerTick : PendingCall
{
    private static readonly ActorMethod Exclusive = new(typeof(IGrainTimer), "Tick", ActorMethodOptions.None, null);
    private static readonly ActorMethod Interleaving = new(typeof(IGrainTimer), "Tick", ActorMethodOptions.AlwaysInterleave, null);
    private readonly GrainTimer _timer;

    public TimerTick(GrainTimer timer)
        : base(timer.Interleaves ? Interleaving : Exclusive)
    {
        _timer = timer;
        IsLocal = true;
    }

    public bool KeepsAlive => _timer.KeepsAlive;

    internal override bool HasResult => false;

    internal override Task InvokeCore(object target, CancellationToken cancellationToken) => _timer.TickAsync();

    internal override void SetResult(Task completed, object? filtered, bool isFiltered)
    {
    }

    internal override void SetException(Exception exception)
    {
    }

    internal override void SetCanceled(CancellationToken cancellationToken)
    {
    }

    internal override void SetFaulted(Task completed)
    {
    }
}
