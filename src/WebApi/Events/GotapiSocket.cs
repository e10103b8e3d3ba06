using System.Buffers;
using System.Collections.Immutable;
using System.Net.WebSockets;
using System.Security.Cryptography;
using Dwapi.Grains.Applications;
using Dwapi.Grains.Settings;
using Dwapi.WebApi.Draining;
using Dwapi.WebApi.Tenants;
using Microsoft.Extensions.Logging;

namespace Dwapi.WebApi.Events;

/// <summary>
/// One application's open GotAPI-5 socket after its handshake: a queue per monitor, served in turns. The session grain tells it which
/// monitors there are. Nobody writes while nothing waits: an idle socket, of which there are thousands, has no writer and no buffer.
/// </summary>
internal sealed class GotapiSocket(
    WebSocket socket, OpenConnection connection, Tenant tenant, EventHub hub, GotapiOptions options, ILogger logger) : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();

    // Null until there is one: most sockets are idle.
    private Queue<SocketMonitor>? _ready;
    private Dictionary<MonitorKey, SocketMonitor>? _monitors;

    // Null once it has begun.
    private HashSet<MonitorKey>? _changed = [];
    private ISessionGrain? _session;
    private TaskCompletionSource? _written;

    // As if somebody wrote: nothing goes out before the handshake is answered.
    private bool _writing = true;
    private bool _stopped;
    private bool _ended;

    /// <summary>Opaque id towards the session grain.</summary>
    public string Id { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(8));

    /// <summary>Whose it is.</summary>
    public Tenant Tenant { get; } = tenant;

    // The session closes it, or it has ended: nobody waits for its events any more.
    private bool IsLeaving => CloseReason is not null || Volatile.Read(ref _ended);

    /// <summary>Why the session closed it, "" when the application went; null while it is open.</summary>
    public string? CloseReason { get; private set; }

    /// <summary>A monitor was started or replaced: deliver from its position.</summary>
    public void MonitorStarted(SessionMonitor monitor)
    {
        lock (_gate)
        {
            NoteChange(monitor.Key);
        }

        Start(monitor);
    }

    /// <summary>A monitor was stopped.</summary>
    public void MonitorStopped(MonitorKey key)
    {
        SocketMonitor? stopped = null;
        bool last;
        lock (_gate)
        {
            NoteChange(key);
            _monitors?.Remove(key, out stopped);
            last = _monitors is not { Count: > 0 };
        }

        if (stopped is not null)
        {
            stopped.Close();
            hub.Leave(stopped);
            if (last && options.CloseSocketAfterLastMonitor)
            {
                Close("The last monitor was stopped.");
            }
        }
    }

    /// <summary>The session ended, its token was replaced, or the application is gone: close the socket.</summary>
    public void Close(string reason)
    {
        CloseReason ??= reason;
        connection.Close();
    }

    /// <summary>Makes this the socket of a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="node">The way of its grain to this node.</param>
    /// <returns>The monitors, or null when the session refused.</returns>
    public async Task<ImmutableArray<SessionMonitor>?> Attach(ISessionGrain session, ISessionSocket node)
    {
        var result = await session.Attach(node, Id);
        if (!result.Accepted)
        {
            return null;
        }

        _session = session;
        return result.Monitors;
    }

    /// <summary>
    /// Tells the session that the socket lives. One that was activated anew (its silo restarted) has forgotten it: it is attached again, or
    /// closed when that is refused.
    /// </summary>
    /// <param name="node">The way of its grain to this node.</param>
    public async Task Renew(ISessionSocket node)
    {
        if (_session is null || await _session.RenewSocket(Id) || IsLeaving)
        {
            return;
        }

        if (await Attach(_session, node) is not { } monitors)
        {
            Close("The session has ended, or another socket took its place.");
        }
        else if (IsLeaving)
        {
            // It went meanwhile, and its goodbye to the session may have come before the second attachment.
            await _session.Detach(Id, []);
        }
        else
        {
            AddMissing(monitors);
        }
    }

    /// <summary>
    /// Begins, after the handshake was answered, with the monitors that it brought. One that the session started or stopped since then is
    /// newer than the answer and stays as it is.
    /// </summary>
    public void Begin(ImmutableArray<SessionMonitor> monitors)
    {
        foreach (var monitor in monitors)
        {
            bool changed;
            lock (_gate)
            {
                changed = _changed!.Contains(monitor.Key);
            }

            if (!changed)
            {
                Start(monitor);
            }
        }

        lock (_gate)
        {
            _changed = null;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    // Those of a session's monitors that are not here yet.
    private void AddMissing(ImmutableArray<SessionMonitor> monitors)
    {
        foreach (var monitor in monitors)
        {
            bool missing;
            lock (_gate)
            {
                missing = _monitors?.ContainsKey(monitor.Key) != true;
            }

            if (missing)
            {
                Start(monitor);
            }
        }
    }

    // One of the same key is replaced (DECISIONS 2).
    private void Start(SessionMonitor monitor)
    {
        var started = new SocketMonitor(monitor, this, options.EventQueue);
        SocketMonitor? replaced;
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            _monitors ??= [];
            _monitors.Remove(monitor.Key, out replaced);
            _monitors.Add(monitor.Key, started);
        }

        if (replaced is not null)
        {
            replaced.Close();
            hub.Leave(replaced);
        }

        hub.Join(started);
    }

    /// <summary>Puts a monitor with waiting frames at the end of the line.</summary>
    public void Schedule(SocketMonitor monitor)
    {
        lock (_gate)
        {
            if (_stopped)
            {
                return;
            }

            (_ready ??= new()).Enqueue(monitor);
            if (_writing)
            {
                return;
            }

            _writing = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Lets no further frame out; what still waits is for the next socket.</summary>
    /// <returns>Completes when the frame that is under way is written.</returns>
    public Task StopWriting()
    {
        lock (_gate)
        {
            _stopped = true;
            if (!_writing)
            {
                return Task.CompletedTask;
            }

            return (_written ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = WriteFrames();

    private async Task WriteFrames()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            var monitor = NextReady();
            while (monitor is not null)
            {
                if (!monitor.TryDequeue(out var frame, out var gap))
                {
                    monitor = NextReady();
                    continue;
                }

                var length = frame.Body.Length + GapMember.Length + monitor.HmacMember.Length + 1;
                if (buffer.Length < length)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = ArrayPool<byte>.Shared.Rent(length);
                }

                length = Assemble(buffer, frame, gap, monitor);
                await socket.SendAsync(buffer.AsMemory(0, length), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
                monitor.NoteHanded(frame);
                EventCounters.Sent.Add(1, Tenant.Tag);

                // Behind the other monitors of this socket: none of them starves.
                monitor = NextReady(behind: monitor);
            }
        }
        catch (Exception fault)
        {
            Log.SocketWriteEnded(logger, fault.GetType().Name);
            _ = StopWriting();
            NextReady();
            Close("");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Null ends the writing: nothing waits, or it was stopped.
    private SocketMonitor? NextReady(SocketMonitor? behind = null)
    {
        lock (_gate)
        {
            if (!_stopped && _ready is { Count: > 0 })
            {
                if (behind is not null)
                {
                    _ready.Enqueue(behind);
                }

                return _ready.Dequeue();
            }

            if (!_stopped && behind is not null)
            {
                return behind;
            }

            _writing = false;
            _written?.TrySetResult();
            return null;
        }
    }

    /// <summary>Ends every monitor on this socket.</summary>
    /// <returns>The last event of each that was handed over.</returns>
    public ImmutableArray<MonitorPosition> End()
    {
        List<SocketMonitor> monitors;
        lock (_gate)
        {
            _ended = true;
            monitors = [.. _monitors?.Values ?? Enumerable.Empty<SocketMonitor>()];
            _monitors = null;
        }

        _ = StopWriting();
        var handed = ImmutableArray.CreateBuilder<MonitorPosition>(monitors.Count);
        foreach (var monitor in monitors)
        {
            monitor.Close();
            hub.Leave(monitor);
            if (monitor.Handed is { } position)
            {
                handed.Add(position);
            }
        }

        return handed.DrainToImmutable();
    }

    private void NoteChange(MonitorKey key) => _changed?.Add(key);

    private static ReadOnlySpan<byte> GapMember => ",\"gap\":true"u8;

    private static int Assemble(byte[] buffer, EventFrame frame, bool gap, SocketMonitor monitor)
    {
        frame.Body.CopyTo(buffer, 0);
        var length = frame.Body.Length;
        if (gap)
        {
            GapMember.CopyTo(buffer.AsSpan(length));
            length += GapMember.Length;
        }

        monitor.HmacMember.CopyTo(buffer, length);
        length += monitor.HmacMember.Length;
        buffer[length] = (byte)'}';
        return length + 1;
    }
}
