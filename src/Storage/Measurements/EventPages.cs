using System.Collections.Immutable;
using Dwapi.Grains.Devices;

namespace Dwapi.Storage.Measurements;

/// <summary>
/// What a page of events says of rows that retention removed. A page never has a hole inside: it ends before one, and the page that
/// begins behind the hole says <see cref="EventPage.Gap"/>.
/// </summary>
internal static class EventPages
{
    /// <summary>True when the page ends before a row; notes a gap before the first one.</summary>
    public static bool EndsBefore(ImmutableArray<Measurement>.Builder events, long after, long sequence, ref bool gap)
    {
        if (events.Count == 0)
        {
            gap = sequence != after + 1;
            return false;
        }

        return sequence != events[^1].Sequence + 1;
    }

    /// <summary>The page; nothing although the head is higher means that all of it is gone.</summary>
    public static EventPage Of(ImmutableArray<Measurement>.Builder events, bool gap, long after, long head)
    {
        var allGone = events.Count == 0 && head > after;
        return new EventPage(events.DrainToImmutable(), gap || allGone, head);
    }
}
