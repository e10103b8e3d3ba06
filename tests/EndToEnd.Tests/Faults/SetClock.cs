namespace Dwapi.EndToEnd.Tests.Faults;

/// <summary>The system's clock, until somebody sets the time of day; timers go on as they were.</summary>
internal sealed class SetClock : TimeProvider
{
    private long _set;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _set));

    public void Set(TimeSpan by) => Interlocked.Add(ref _set, by.Ticks);
}
