namespace Dwapi.WebApi.Tests.Hosting;

/// <summary>
/// The clock of the grains under Orleans: the test's, but for waits of at most 100 ms. Those are of the agents that pull streams, whose
/// timers are those of grains; on a clock that stands still they would deliver nothing.
/// </summary>
internal sealed class PollingClock(TimeProvider clock) : TimeProvider
{
    private static readonly TimeSpan s_polling = TimeSpan.FromMilliseconds(100);

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new TwoTimers(
            clock.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan),
            System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>At most one of the two runs.</summary>
    private sealed class TwoTimers(ITimer tests, ITimer real) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var (runs, rests) = dueTime >= TimeSpan.Zero && dueTime <= s_polling ? (real, tests) : (tests, real);
            return rests.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) && runs.Change(dueTime, period);
        }

        public void Dispose()
        {
            tests.Dispose();
            real.Dispose();
        }

        public async ValueTask DisposeAsync()
        {
            await tests.DisposeAsync();
            await real.DisposeAsync();
        }
    }
}
