using System.Collections.Immutable;

namespace Dwapi.Grains.Applications;

/// <summary>The client's WebSocket and its monitors.</summary>
internal sealed partial class SessionGrain
{
    /// <inheritdoc />
    public async Task StartMonitor(SessionMonitor monitor)
    {
        var now = _time.GetUtcNow();
        if (IsOver(now))
            return;
        _monitors.RemoveLapsed(now);
        _monitors.Start(monitor, IsSocketLive, now);
        WatchMonitors();
        await _writes.Write();
        Tell((socket, id) => socket.MonitorStarted(id, monitor));
    }

    /// <inheritdoc />
    public async Task<int> StopMonitor(MonitorKey key)
    {
        var lapsed = _monitors.RemoveLapsed(_time.GetUtcNow());
        var stopped = _monitors.Stop(key);
        if (lapsed || stopped)
            await _writes.Write();
        if (!stopped)
            return -1;
        Tell((socket, id) => socket.MonitorStopped(id, key));
        return _monitors.All.Length;
    }

    /// <inheritdoc />
    public async Task StopAllMonitors()
    {
        var stopped = _monitors.All;
        if (stopped.IsEmpty)
            return;
        foreach (var monitor in stopped)
            _monitors.Stop(monitor.Key);
        await _writes.Write();
        foreach (var monitor in stopped)
            Tell((socket, id) => socket.MonitorStopped(id, monitor.Key));
    }

    /// <inheritdoc />
    public async Task<AttachResult> Attach(ISessionSocket socket, string socketId)
    {
        var now = _time.GetUtcNow();
        if (IsOver(now) || !IsApproved)
            return new AttachResult(Accepted: false, []);
        if (_socket is { } old && old.SocketId != socketId)
        {
            if (old.IsLive && !_options.ReplaceOldSocket)
                return new AttachResult(Accepted: false, []);
            CloseSocket("Another socket of the same client took its place.");
        }

        SetSocket(new LiveSocket(this.GetGrainId(), socket, socketId, _time));
        if (_monitors.Attached(now) | Use(now))
            await _writes.Write();
        await NoteClient();
        return new AttachResult(Accepted: !_ended, _monitors.All);
    }

    /// <inheritdoc />
    public Task<bool> RenewSocket(string socketId)
    {
        if (_socket?.SocketId != socketId)
            return Task.FromResult(false);
        _socket.Renew();
        return Task.FromResult(true);
    }

    /// <inheritdoc />
    public Task SocketSilent(string socketId) =>
        _socket is { IsLive: false } socket && socket.SocketId == socketId ? SocketGone() : Task.CompletedTask;

    /// <inheritdoc />
    public ValueTask<bool> IsConnected() => new(IsSocketLive);

    /// <inheritdoc />
    public async Task Detach(string socketId, ImmutableArray<MonitorPosition> handed)
    {
        if (_ended)
            return;

        // Also from a socket that was replaced meanwhile: what it handed over needs no repetition.
        _monitors.Handed(handed);
        if (_socket?.SocketId == socketId)
            await SocketGone();
        else if (!handed.IsEmpty)
            await _writes.Write();
    }

    private bool IsSocketLive => _socket?.IsLive ?? false;

    private async Task SocketGone()
    {
        var now = _time.GetUtcNow();
        SetSocket(null);
        _monitors.Detached(now);
        WatchMonitors();
        Use(now);
        await _writes.Write();
        await NoteClient();
    }

    /// <summary>Closes the socket; its monitors wait for the next one. The caller writes.</summary>
    private void CloseSocket(string reason)
    {
        Tell((socket, id) => socket.Close(id, reason));
        SetSocket(null);
        _monitors.Detached(_time.GetUtcNow());
        WatchMonitors();
    }

    /// <summary>Nobody waits for a node: it may be gone, which the next missing renewal will show.</summary>
    private void Tell(Func<ISessionSocket, string, Task> tell)
    {
        if (_socket is { } socket)
            _ = TellQuietly();

        async Task TellQuietly()
        {
            try
            {
                await tell(socket.Node, socket.SocketId);
            }
            catch (Exception exception)
            {
                Log.SocketNotTold(_logger, exception);
            }
        }
    }

    private void SetSocket(LiveSocket? socket)
    {
        if (_socket is { } old)
            _watch.Remove(old);
        _socket = socket;
        if (socket is not null)
            _watch.Add(socket);
    }

    /// <summary>While there is no socket, monitors are looked at: each goes when its grace is over.</summary>
    private void WatchMonitors()
    {
        if (_socket is null && _monitors.Any)
            _grace ??= this.RegisterGrainTimer(RemoveLapsed, new() { DueTime = GracePeriod, Period = GracePeriod });
    }

    private async Task RemoveLapsed(CancellationToken cancellationToken)
    {
        if (_monitors.RemoveLapsed(_time.GetUtcNow()))
            await _writes.Write();
        if (_socket is not null || !_monitors.Any)
        {
            _grace?.Dispose();
            _grace = null;
        }
    }
}
