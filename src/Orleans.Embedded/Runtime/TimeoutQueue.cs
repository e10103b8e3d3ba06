using Dwapi.Actors.CodeGeneration;

namespace Dwapi.Actors.Runtime;

/// <summary>All waiting calls with the same timeout: a list in the order of their ends, and one timer for the first.</summary>
internal sealed class TimeoutQueue
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private PendingCall? _first;
    private PendingCall? _last;
    private bool _armed;

    public TimeoutQueue(TimeProvider time, TimeSpan timeout)
    {
        _time = time;
        Timeout = timeout;
        using (ExecutionContext.SuppressFlow())
            _timer = time.CreateTimer(static state => ((TimeoutQueue)state!).OnTick(), this, System.Threading.Timeout.InfiniteTimeSpan,
                System.Threading.Timeout.InfiniteTimeSpan);
    }

    public TimeSpan Timeout { get; }

    public void Add(PendingCall call)
    {
        lock (_lock)
        {
            call.DueAt = _time.GetTimestamp() + (long)(Timeout.TotalSeconds * _time.TimestampFrequency);
            call.Deadline = this;
            call.Earlier = _last;
            if (_last is null)
                _first = call;
            else
                _last.Later = call;
            _last = call;
            if (!_armed)
                Arm();
        }
        // It may have ended before it was in the list.
        if (call.IsClosed)
            Remove(call);
    }

    public void Remove(PendingCall call)
    {
        lock (_lock)
            Unlink(call);
    }

    public List<PendingCall> Snapshot()
    {
        var calls = new List<PendingCall>();
        lock (_lock)
        {
            for (var call = _first; call is not null; call = call.Later)
                calls.Add(call);
        }
        return calls;
    }

    public void Stop() => _timer.Dispose();

    private void OnTick()
    {
        List<PendingCall>? due = null;
        lock (_lock)
        {
            _armed = false;
            var now = _time.GetTimestamp();
            while (_first is { } call && call.DueAt <= now)
            {
                Unlink(call);
                (due ??= []).Add(call);
            }
            if (_first is not null)
                Arm();
        }
        foreach (var call in due ?? [])
            call.TimeOut();
    }

    private void Arm()
    {
        _armed = true;
        var wait = _time.GetElapsedTime(_time.GetTimestamp(), _first!.DueAt);
        // Timers count whole milliseconds and cut the rest off.
        wait = TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds)));
        _timer.Change(wait, System.Threading.Timeout.InfiniteTimeSpan);
    }

    private void Unlink(PendingCall call)
    {
        if (call.Earlier is null && call.Later is null && _first != call)
            return;
        if (call.Earlier is null)
            _first = call.Later;
        else
            call.Earlier.Later = call.Later;
        if (call.Later is null)
            _last = call.Earlier;
        else
            call.Later.Earlier = call.Earlier;
        call.Earlier = call.Later = null;
    }
}
