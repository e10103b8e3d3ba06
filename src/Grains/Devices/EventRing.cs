using System.Collections.Immutable;

namespace Dwapi.Grains.Devices;

/// <summary>The youngest events of one attribute, kept only while a web node holds a lease (DECISIONS 17). Sequences have no holes.</summary>
internal sealed class EventRing
{
    /// <summary>Events kept; at 10 per second and attribute more than the 5 s between two head checks of a web node.</summary>
    public const int Capacity = 64;

    private readonly Queue<Measurement> _events = new(4);

    /// <summary>Adds the event that follows the newest; at the limit the oldest goes.</summary>
    public void Add(Measurement measurement)
    {
        if (_events.Count == Capacity)
            _events.Dequeue();
        _events.Enqueue(measurement);
    }

    /// <summary>Events above a sequence, or false when the ring does not reach back so far.</summary>
    public bool TryRead(long after, int limit, out ImmutableArray<Measurement> events)
    {
        if (_events.Count == 0 || after < _events.Peek().Sequence - 1)
        {
            events = [];
            return false;
        }

        events = [.. _events.Where(measurement => measurement.Sequence > after).Take(limit)];
        return true;
    }
}
