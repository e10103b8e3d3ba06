using Microsoft.Extensions.Logging;

namespace Dwapi.Edge.Link;

/// <summary>Holds the link's status, writes one log line for each change of state, and lets others wait for a state.</summary>
internal sealed class LinkObserver(Uri server, TimeProvider time, ILogger log)
{
    private readonly Lock _lock = new();
    private readonly List<(Func<LinkStatus, bool> Wanted, TaskCompletionSource<LinkStatus> Seen)> _waiting = [];
    private LinkStatus _status = new(LinkState.Stopped, time.GetUtcNow(), null);

    public LinkStatus Status
    {
        get
        {
            lock (_lock)
                return _status;
        }
    }

    public void Set(LinkState state, string? reason = null)
    {
        lock (_lock)
        {
            if (_status.State == state && _status.Reason == reason)
                return;

            // The same state for another reason is news for a waiting doctor, but no change of state for the log.
            var since = _status.State == state ? _status.Since : time.GetUtcNow();
            if (_status.State != state || state == LinkState.Refused)
                Log.LinkState(log, LevelOf(state), server, state, reason is null ? "" : $": {reason}");
            _status = new LinkStatus(state, since, reason);
            foreach (var (wanted, seen) in _waiting)
            {
                if (wanted(_status))
                    seen.TrySetResult(_status);
            }
        }
    }

    /// <summary>Logs a fault of the edge itself.</summary>
    public void Fault(Exception fault)
    {
        Log.LinkFault(log, fault);
        Set(LinkState.Down, fault.Message);
    }

    /// <summary>Waits until the status is as wanted, however short that lasts.</summary>
    public async Task<LinkStatus> WaitAsync(Func<LinkStatus, bool> wanted, CancellationToken cancellationToken)
    {
        var seen = new TaskCompletionSource<LinkStatus>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (wanted(_status))
                return _status;
            _waiting.Add((wanted, seen));
        }

        try
        {
            return await seen.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
                _waiting.Remove((wanted, seen));
        }
    }

    private static LogLevel LevelOf(LinkState state) => state switch
    {
        LinkState.Refused => LogLevel.Error,
        LinkState.Down => LogLevel.Warning,
        _ => LogLevel.Information,
    };
}
