using Microsoft.Extensions.Logging;

namespace Dwapi.Grains.Applications;

/// <summary>
/// The live sockets of this silo's sessions, looked at every 5 s: a session whose web node fell silent is told. One timer for all of
/// them, because an idle session, of which there are thousands, should cost no timer of its own.
/// </summary>
internal sealed class SocketWatch : IDisposable
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly HashSet<LiveSocket> _sockets = [];
    private readonly IGrainFactory _grains;
    private readonly ILogger _logger;
    private readonly ITimer _timer;

    public SocketWatch(IGrainFactory grains, TimeProvider time, ILogger<SocketWatch> logger)
    {
        _grains = grains;
        _logger = logger;
        _timer = time.CreateTimer(static watch => ((SocketWatch)watch!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Watches a socket until it is removed, or silent and its session was told.</summary>
    public void Add(LiveSocket socket)
    {
        lock (_gate)
        {
            _sockets.Add(socket);
            if (_sockets.Count == 1)
                _timer.Change(Period, Period);
        }
    }

    /// <summary>Ends it.</summary>
    public void Remove(LiveSocket socket)
    {
        lock (_gate)
        {
            // A silo without sockets sleeps.
            if (_sockets.Remove(socket) && _sockets.Count == 0)
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        LiveSocket[] silent;
        lock (_gate)
            silent = [.. _sockets.Where(socket => !socket.IsLive)];
        foreach (var socket in silent)
            _ = Tell(socket);
    }

    private async Task Tell(LiveSocket socket)
    {
        try
        {
            await _grains.GetGrain<ISessionGrain>(socket.Session).SocketSilent(socket.SocketId);

            // One that showed life meanwhile is looked at again.
            if (!socket.IsLive)
                Remove(socket);
        }
        catch (Exception exception)
        {
            Log.SilenceNotTold(_logger, exception);
        }
    }
}
