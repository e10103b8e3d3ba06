namespace Dwapi.Grains.Tests.Runtime;

/// <summary>A clock that only moves when a test says so; its timers fire in order on the way.</summary>
public sealed class FakeClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<FakeTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private TimeSpan _set;

    public DateTimeOffset Now => GetUtcNow();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now + _set;
    }

    public override long GetTimestamp()
    {
        lock (_lock)
            return _now.Ticks;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        DateTimeOffset end;
        lock (_lock)
            end = _now + by;
        while (Next(end) is { } timer)
            timer.Fire();
    }

    /// <summary>Completes when somebody waits for this moment: only then may a test move on to it.</summary>
    public Task IsAwaited(DateTimeOffset moment)
    {
        return Eventually.Is(() => ValueTask.FromResult(Awaited()), awaited => awaited);

        bool Awaited()
        {
            lock (_lock)
                return _timers.Exists(timer => timer.Due == moment);
        }
    }

    /// <summary>Somebody sets the time of day; no time passes.</summary>
    public void Set(TimeSpan by)
    {
        lock (_lock)
            _set += by;
    }

    /// <summary>Goes far ahead: each timer that is due fires once, as after a machine slept.</summary>
    public void Jump(TimeSpan by)
    {
        FakeTimer[] due;
        lock (_lock)
        {
            _now += by;
            due = [.. _timers.Where(timer => timer.Due <= _now).OrderBy(timer => timer.Due)];
            foreach (var timer in due)
                timer.Rearm(_now);
        }

        foreach (var timer in due)
            timer.Fire();
    }

    private FakeTimer? Next(DateTimeOffset end)
    {
        lock (_lock)
        {
            var timer = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            var next = timer?.Due ?? end;
            _now = next > _now ? next : _now;
            timer?.Rearm(_now);
            return timer;
        }
    }

    private sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset Due { get; private set; } = DateTimeOffset.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                _period = period > TimeSpan.Zero ? period : TimeSpan.Zero;
                Due = dueTime < TimeSpan.Zero ? DateTimeOffset.MaxValue : clock._now + dueTime;
                clock._timers.Remove(this);
                if (Due != DateTimeOffset.MaxValue)
                    clock._timers.Add(this);
            }

            if (dueTime == TimeSpan.Zero)
                clock.Advance(TimeSpan.Zero);
            return true;
        }

        public void Rearm(DateTimeOffset now)
        {
            Due = _period > TimeSpan.Zero ? now + _period : DateTimeOffset.MaxValue;
            if (Due == DateTimeOffset.MaxValue)
                clock._timers.Remove(this);
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock._lock)
                clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
