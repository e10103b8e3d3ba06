namespace Dwapi.Edge.Outbox;

/// <summary>One device's way out: first in, first out. A short buffer stands before the file.</summary>
internal sealed class SendLane(int device, string serviceId)
{
    // A commit takes some milliseconds: no device measures more often than this within one.
    private const int Busy = 16;

    public int Device { get; } = device;

    public string ServiceId { get; } = serviceId;

    /// <summary>The next items, read ahead.</summary>
    public Queue<OutboxItem> Buffer { get; } = new();

    /// <summary>The last item handed out on this connection.</summary>
    public long Cursor { get; set; }

    /// <summary>The last item there is.</summary>
    public long Last { get; set; }

    /// <summary>True while the buffer reaches up to <see cref="Last"/>, so that a new item may follow without reading the file.</summary>
    public bool ReachesLast { get; set; }

    /// <summary>True while it has more to send than a device that is merely busy.</summary>
    public bool IsLate => !ReachesLast || Buffer.Count > Busy;

    /// <summary>True while it waits for its turn.</summary>
    public bool Queued { get; set; }
}
