using Dwapi.Edge.Signals;
using Dwapi.Gotapi.Frames;
using Microsoft.Data.Sqlite;

namespace Dwapi.Edge.Outbox;

/// <summary>
/// What is to be sent on the present connection: one item of each device in turn, so that a backlog of one does not delay another
/// (DECISIONS 15), and those that are up to date before those that are late. <see cref="Rewind"/> begins again behind the acknowledged
/// position.
/// </summary>
internal sealed class SendQueue : IDisposable
{
    /// <summary>Bytes of items that fit into one EVENTS frame, their envelopes counted.</summary>
    public const int FrameBudget = LinkLimits.MaxItemsBytes - Envelope;

    /// <summary>Largest item, bytes.</summary>
    public const int LargestItem = FrameBudget - Envelope;

    private const int ReadAhead = 64;

    /// <summary>At least what the frame adds to an item (its sequence), and what it has around all of them, bytes.</summary>
    public const int Envelope = 64;

    private readonly Lock _lock = new();
    private readonly OutboxRows _rows;
    private readonly Dictionary<int, SendLane> _lanes = [];
    private readonly Queue<SendLane> _turns = new();
    private readonly Queue<SendLane> _late = new();
    private readonly Pulse _changed = new();
    private long _known;
    private long _acknowledged;

    public SendQueue(SqliteConnection reader, long acknowledged, long last)
    {
        _rows = new OutboxRows(reader);
        _acknowledged = acknowledged;
        Rewind(() => last);
    }

    /// <summary>Ends when there is more to take.</summary>
    public Task Changed => _changed.Next;

    /// <summary>Everything not acknowledged is to be sent (again).</summary>
    /// <param name="lastOf">
    /// Gives the last number that the outbox has told of. What the file holds beyond it is being committed at this moment and comes through
    /// <see cref="Publish"/>; sent earlier, its acknowledgement could come before the outbox knows the number. Asked for under the lock: what is
    /// published between the asking and the lock would be in neither.
    /// </param>
    public void Rewind(Func<long> lastOf)
    {
        lock (_lock)
        {
            var last = lastOf();
            _lanes.Clear();
            _turns.Clear();
            _late.Clear();
            foreach (var (device, serviceId, newest) in _rows.Waiting(last))
            {
                var lane = new SendLane(device, serviceId) { Cursor = _acknowledged, Last = newest };
                _lanes.Add(device, lane);
                Enqueue(lane);
            }

            _known = Math.Max(_known, last);

            _changed.Raise();
        }
    }

    /// <summary>Items that were just committed, in the order of their numbers.</summary>
    public void Publish(IReadOnlyList<(int Device, OutboxItem Item)> items)
    {
        lock (_lock)
        {
            foreach (var (device, item) in items)
            {
                // A rewind between the outbox's word and this call has found it in the file already.
                if (item.Sequence <= _known)
                    continue;
                _known = item.Sequence;
                Add(device, item);
            }

            _changed.Raise();
        }
    }

    /// <summary>Everything up to there needs no sending any more.</summary>
    public void Acknowledge(long sequence)
    {
        lock (_lock)
            _acknowledged = Math.Max(_acknowledged, sequence);
    }

    /// <summary>Takes what is there, at most so many items and bytes; empty when there is nothing.</summary>
    /// <remarks>The first item comes even if it alone is larger than <paramref name="maxBytes"/>.</remarks>
    /// <param name="maxItems">Most items.</param>
    /// <param name="maxBytes">Most bytes, envelopes counted.</param>
    /// <param name="maxLate">Most items of devices with a backlog.</param>
    public IReadOnlyList<OutboxItem> Take(int maxItems, int maxBytes, int maxLate = int.MaxValue)
    {
        var taken = new List<OutboxItem>();
        lock (_lock)
        {
            while (taken.Count < maxItems && Turn(maxLate) is { } turns)
            {
                var lane = turns.Peek();
                if (Next(lane) is not { } item)
                {
                    turns.Dequeue().Queued = false;
                    continue;
                }

                maxBytes -= item.Entry.Item.Length + Envelope;
                if (maxBytes < 0 && taken.Count > 0)
                    break;
                taken.Add(item);
                lane.Buffer.Dequeue();
                lane.Cursor = item.Sequence;
                if (turns == _late)
                    maxLate--;
                Enqueue(turns.Dequeue());
            }
        }

        return taken;
    }

    /// <summary>The announcements of the devices whose items wait.</summary>
    public IReadOnlyList<ServiceAnnouncement> Announcements()
    {
        lock (_lock)
            return [.. _rows.Announcements()];
    }

    public void Dispose()
    {
        lock (_lock)
            _rows.Dispose();
    }

    private void Add(int device, OutboxItem item)
    {
        if (!_lanes.TryGetValue(device, out var lane))
        {
            lane = new SendLane(device, item.Entry.ServiceId) { Cursor = item.Sequence - 1, ReachesLast = true };
            _lanes.Add(device, lane);
        }

        lane.ReachesLast &= lane.Buffer.Count < ReadAhead;
        if (lane.ReachesLast)
            lane.Buffer.Enqueue(item);
        lane.Last = item.Sequence;
        if (!lane.Queued)
            Enqueue(lane);
    }

    private void Enqueue(SendLane lane)
    {
        lane.Queued = true;
        (lane.IsLate ? _late : _turns).Enqueue(lane);
    }

    /// <summary>The lanes whose turn it is, or null.</summary>
    private Queue<SendLane>? Turn(int maxLate) => _turns.Count > 0 ? _turns : _late.Count > 0 && maxLate > 0 ? _late : null;

    private OutboxItem? Next(SendLane lane)
    {
        while (true)
        {
            while (lane.Buffer.TryPeek(out var item))
            {
                if (item.Sequence > _acknowledged)
                    return item;
                lane.Buffer.Dequeue();
                lane.Cursor = item.Sequence;
            }

            if (lane.ReachesLast)
                return null;
            lane.Cursor = Math.Max(lane.Cursor, _acknowledged);
            _rows.Fill(lane, ReadAhead);

            // Fewer than asked for: that was all up to the last known one, and what was committed since comes through Publish.
            lane.ReachesLast = lane.Buffer.Count < ReadAhead || lane.Buffer.Last().Sequence == lane.Last;
        }
    }
}
