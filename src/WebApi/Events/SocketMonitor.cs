using System.Text;
using Dwapi.Grains.Applications;
using Dwapi.WebApi.Tenants;

namespace Dwapi.WebApi.Events;

/// <summary>
/// One monitor on one socket: a bounded queue of frames. When the socket is slower than the device, the oldest frame goes and the next
/// one says <c>gap</c>; other monitors of the socket lose nothing, other sockets notice nothing.
/// </summary>
internal sealed class SocketMonitor(SessionMonitor monitor, GotapiSocket socket, int capacity)
{
    private readonly Lock _gate = new();
    private readonly Queue<(EventFrame Frame, bool Gap)> _queue = new();
    private TaskCompletionSource? _room;

    // What is lost before the next frame that is queued, and before the oldest one in the queue.
    private bool _gap = monitor.Gap;
    private bool _dropped;
    private bool _scheduled;
    private bool _closed;
    private long _handed = long.MinValue;

    /// <summary>Whose it is.</summary>
    public Tenant Tenant => socket.Tenant;

    /// <summary>What it watches.</summary>
    public MonitorKey Key => Monitor.Key;

    /// <summary>As the session gave it.</summary>
    public SessionMonitor Monitor { get; } = monitor;

    /// <summary>Its hmac as a member of the frame, empty when the PUT had no nonce (DECISIONS 6).</summary>
    public byte[] HmacMember { get; } = monitor.Hmac.Length == 0 ? [] : Encoding.ASCII.GetBytes($",\"hmac\":\"{monitor.Hmac}\"");

    /// <summary>How many events a replay may read at once without dropping any: half the queue is free when it reads.</summary>
    public int ReplayPage { get; } = Math.Max(1, capacity / 2);

    /// <summary>Highest sequence that was queued; the feed writes it under its own lock.</summary>
    public long Position { get; set; } = monitor.After;

    /// <summary>True once a feed has it; under the hub's lock.</summary>
    public bool Joined { get; set; }

    /// <summary>True once it was stopped or its socket is gone.</summary>
    public bool Closed => Volatile.Read(ref _closed);

    /// <summary>The position to resume from; null while no event was handed to the socket.</summary>
    public MonitorPosition? Handed
    {
        get
        {
            var handed = Volatile.Read(ref _handed);
            return handed == long.MinValue ? null : new MonitorPosition(Key, handed);
        }
    }

    /// <summary>Says that the next frame has lost predecessors.</summary>
    public void MarkGap()
    {
        lock (_gate)
        {
            _gap = true;
        }
    }

    /// <summary>Queues frames; at the limit the oldest one goes.</summary>
    public void Enqueue(params ReadOnlySpan<EventFrame> frames)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            foreach (var frame in frames)
            {
                Add(frame);
            }

            if (_scheduled)
            {
                return;
            }

            _scheduled = true;
        }

        socket.Schedule(this);
    }

    private void Add(EventFrame frame)
    {
        if (_queue.Count == capacity)
        {
            _queue.Dequeue();
            _dropped = true;
            EventCounters.Dropped.Add(1, Tenant.Tag);
        }

        _queue.Enqueue((frame, _gap));
        _gap = false;
    }

    /// <summary>Takes the next frame for the socket; false when there is none and the monitor is no longer scheduled.</summary>
    public bool TryDequeue(out EventFrame frame, out bool gap)
    {
        TaskCompletionSource? room = null;
        lock (_gate)
        {
            if (!_queue.TryDequeue(out var next))
            {
                _scheduled = false;
                frame = null!;
                gap = false;
                return false;
            }

            (frame, gap) = (next.Frame, next.Gap || _dropped);
            _dropped = false;
            if (_queue.Count <= capacity / 2)
            {
                (room, _room) = (_room, null);
            }
        }

        room?.TrySetResult();
        return true;
    }

    /// <summary>Completes when the queue is at most half full or the monitor is closed: replay waits here and drops nothing.</summary>
    public Task WaitForRoom()
    {
        lock (_gate)
        {
            if (_closed || _queue.Count <= capacity / 2)
            {
                return Task.CompletedTask;
            }

            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    /// <summary>Notes that a frame was written to the socket.</summary>
    public void NoteHanded(EventFrame frame)
    {
        // The latest may be older than the head at the PUT; the position never goes back behind that.
        var position = Math.Max(frame.Sequence, Math.Max(Monitor.After, Volatile.Read(ref _handed)));
        Volatile.Write(ref _handed, position);
    }

    /// <summary>Ends the monitor on this socket.</summary>
    public void Close()
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            _closed = true;
            _queue.Clear();
            (room, _room) = (_room, null);
        }

        room?.TrySetResult();
    }
}
