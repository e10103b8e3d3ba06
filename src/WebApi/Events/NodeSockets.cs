using Dwapi.Grains.Applications;
using Dwapi.WebApi.Sessions;
using Microsoft.Extensions.Logging;

namespace Dwapi.WebApi.Events;

/// <summary>
/// The open GotAPI-5 sockets of this node. It is the one object through which session grains reach them, and it tells their sessions
/// every 5 s that they live: one timer for all sockets, a tenth of them each half second.
/// </summary>
internal sealed class NodeSockets : ISessionSocket, IDisposable
{
    private const int Parts = 10;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, GotapiSocket>[] _parts =
        [.. Enumerable.Range(0, Parts).Select(_ => new Dictionary<string, GotapiSocket>(StringComparer.Ordinal))];

    private readonly IGrainFactory _grains;
    private readonly ITimer _timer;
    private readonly ILogger _logger;
    private ISessionSocket? _reference;
    private int _count;
    private int _next;

    public NodeSockets(IGrainFactory grains, TimeProvider time, ILogger<NodeSockets> logger)
    {
        _grains = grains;
        _logger = logger;
        _timer = time.CreateTimer(static sockets => ((NodeSockets)sockets!).RenewPart(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The way of the session grains to this node.</summary>
    public ISessionSocket Reference
    {
        get
        {
            lock (_gate)
            {
                return _reference ??= _grains.CreateObjectReference<ISessionSocket>(this);
            }
        }
    }

    /// <summary>Makes a socket known; before its session hears of it, which may speak to it at once.</summary>
    public void Add(GotapiSocket socket)
    {
        lock (_gate)
        {
            PartOf(socket.Id).Add(socket.Id, socket);
            if (_count++ == 0)
            {
                _timer.Change(Tick, Tick);
            }
        }
    }

    /// <summary>Ends it; called once for every <see cref="Add"/>.</summary>
    public void Remove(GotapiSocket socket)
    {
        lock (_gate)
        {
            PartOf(socket.Id).Remove(socket.Id);
            if (--_count == 0)
            {
                // A server without sockets sleeps.
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <inheritdoc />
    public Task MonitorStarted(string socketId, SessionMonitor monitor)
    {
        Find(socketId)?.MonitorStarted(monitor);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task MonitorStopped(string socketId, MonitorKey key)
    {
        Find(socketId)?.MonitorStopped(key);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task Close(string socketId, string reason)
    {
        Find(socketId)?.Close(reason);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void Dispose() => _timer.Dispose();

    private Dictionary<string, GotapiSocket> PartOf(string socketId) => _parts[(uint)socketId.GetHashCode(StringComparison.Ordinal) % Parts];

    private GotapiSocket? Find(string socketId)
    {
        lock (_gate)
        {
            return PartOf(socketId).GetValueOrDefault(socketId);
        }
    }

    private void RenewPart()
    {
        GotapiSocket[] due;
        lock (_gate)
        {
            due = [.. _parts[_next].Values];
            _next = (_next + 1) % Parts;
        }

        var node = Reference;
        foreach (var socket in due)
        {
            socket.Renew(node).Forget(_logger);
        }
    }
}
