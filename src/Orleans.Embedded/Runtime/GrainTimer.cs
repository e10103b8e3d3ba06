using Orleans.Runtime;

namespace Dwapi.Actors.Runtime;

/// <summary>A timer whose ticks are turns of an activation.</summary>
internal abstract class GrainTimer : IGrainTimer
{
    private readonly Activation _activation;
    private readonly GrainTimerCreationOptions _options;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private ITimer? _timer;
    private TimeSpan _period;
    private TimeSpan? _dueAfterTick;
    private bool _ticking;
    private bool _disposed;

    private protected GrainTimer(Activation activation, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _options = options;
        _period = options.Period;
    }

    public bool KeepsAlive => _options.KeepAlive;

    public bool Interleaves => _options.Interleave;

    public static GrainTimer Start<TState>(Activation activation, Func<TState, CancellationToken, Task> callback, TState state,
        GrainTimerCreationOptions options)
    {
        ThrowIfNoTime(options.DueTime, nameof(options.DueTime));
        ThrowIfNoTime(options.Period, nameof(options.Period));
        var timer = new GrainTimer<TState>(activation, callback, state, options);
        activation.AddTimer(timer);
        timer.Arm();
        return timer;
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        ThrowIfNoTime(dueTime, nameof(dueTime));
        ThrowIfNoTime(period, nameof(period));
        lock (_lock)
        {
            if (_disposed)
                return;
            _period = period;
            if (_ticking)
                _dueAfterTick = dueTime;
            else
                _timer!.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            _disposed = true;
            _timer?.Dispose();
        }
        _activation.RemoveTimer(this);
        _stop.Cancel();
    }

    internal async Task TickAsync()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            _ticking = true;
            _dueAfterTick = null;
        }
        try
        {
            await CallAsync(_stop.Token);
        }
        catch (Exception exception)
        {
            // A timer goes on after a failed tick.
            Log.TimerFailed(_activation.Runtime.Logger, exception, _activation.GrainId);
            _activation.OnFault(exception);
        }
        finally
        {
            lock (_lock)
            {
                _ticking = false;
                if (!_disposed)
                    _timer!.Change(_dueAfterTick ?? _period, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private protected abstract Task CallAsync(CancellationToken cancellationToken);

    private static void ThrowIfNoTime(TimeSpan time, string name)
    {
        if (time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(name, time, "Must not be negative, unless it is infinite.");
    }

    private void Arm()
    {
        using var _ = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        lock (_lock)
        {
            _timer = _activation.Runtime.Time.CreateTimer(static state => ((GrainTimer)state!).OnDue(), this,
                Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(_options.DueTime, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnDue() => _activation.Post(new TimerTick(this));
}
