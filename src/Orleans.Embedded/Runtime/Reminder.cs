using Orleans.Runtime;

namespace Dwapi.Actors.Runtime;

/// <summary>A reminder that ticks. A missed tick is not made up for: the next one is at the next multiple of the period.</summary>
internal sealed class Reminder : IGrainReminder, IDisposable
{
    // Timers have an upper limit; a longer wait is cut into pieces.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);
    private readonly ActorRuntime _runtime;
    private readonly ITimer _timer;
    private DateTimeOffset _next;

    public Reminder(ActorRuntime runtime, StoredReminder stored)
    {
        _runtime = runtime;
        Stored = stored;
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
            _timer = runtime.Time.CreateTimer(static state => ((Reminder)state!).OnDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public StoredReminder Stored { get; }

    public string ReminderName => Stored.Name;

    public void Start()
    {
        var now = _runtime.Time.GetUtcNow();
        _next = Stored.FirstTick;
        // As in Orleans, a reminder that is due at once waits for its next period, like one that was due while the process was down.
        if (_next <= now)
            _next += Stored.Period * (Math.Floor((now - _next) / Stored.Period) + 1);
        Wait(now);
    }

    public void Dispose() => _timer.Dispose();

    private void Wait(DateTimeOffset now)
    {
        var wait = _next - now;
        wait = wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait;
        try
        {
            _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // Removed in the meantime.
        }
    }

    private void OnDue()
    {
        var now = _runtime.Time.GetUtcNow();
        if (now < _next)
            Wait(now);
        else
            _ = TickAsync(now);
    }

    private async Task TickAsync(DateTimeOffset now)
    {
        try
        {
            var call = new ReminderCall(Stored.Name, new TickStatus(Stored.FirstTick.UtcDateTime, Stored.Period, now.UtcDateTime));
            var answer = call.Prepare();
            _runtime.Send(_runtime.Untyped(Stored.Grain), call);
            await answer.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Log.ReminderFailed(_runtime.Logger, exception, Stored.Grain);
        }
        now = _runtime.Time.GetUtcNow();
        do
            _next += Stored.Period;
        while (_next <= now);
        Wait(now);
    }
}
