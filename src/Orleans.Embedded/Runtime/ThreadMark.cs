using System.Runtime.CompilerServices;

namespace Dwapi.Actors.Runtime;

/// <summary>What a thread was doing before a turn began on it.</summary>
/// <remarks>
/// Code of a turn must find the activation as <see cref="TaskScheduler.Current"/>, so that every await comes back to it.
/// The scheduler follows from the task that the thread runs; making a task for each call would cost more than most calls,
/// so each activation owns one started task that never ends, and a turn shows that one as the thread's own.
/// </remarks>
internal struct ThreadMark
{
    private Task? _task;
    private SynchronizationContext? _synchronization;

    public static ThreadMark Begin(Task marker)
    {
        ref var current = ref CurrentTask(null);
        ThreadMark saved;
        saved._task = current;
        current = marker;
        saved._synchronization = SynchronizationContext.Current;
        if (saved._synchronization is not null)
            SynchronizationContext.SetSynchronizationContext(null);
        return saved;
    }

    public readonly void End()
    {
        CurrentTask(null) = _task;
        if (_synchronization is not null)
            SynchronizationContext.SetSynchronizationContext(_synchronization);
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticField, Name = "t_currentTask")]
    private static extern ref Task? CurrentTask(Task? _);
}
