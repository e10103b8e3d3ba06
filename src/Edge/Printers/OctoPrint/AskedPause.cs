using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.OctoPrint;

/// <summary>
/// Tells a pause that somebody asked for from one of the firmware's own, such as filament that ran out: OctoPrint calls both paused. A pause is
/// asked for when we did, or when its event names a person.
/// </summary>
internal sealed class AskedPause
{
    private readonly Lock _gate = new();
    private bool _asked;
    private bool _told;
    private int _seen;

    /// <summary>We ask for one; it may come minutes later.</summary>
    public void Ask()
    {
        lock (_gate)
            _asked = true;
    }

    /// <summary>What we asked for was refused.</summary>
    public void Withdraw()
    {
        lock (_gate)
            _asked = false;
    }

    /// <summary>The event of a pause came.</summary>
    /// <param name="byPerson">It names who asked.</param>
    public void Told(bool byPerson)
    {
        lock (_gate)
            (_told, _asked) = (true, _asked || byPerson);
    }

    /// <summary>The printer is paused: whether that wants a person.</summary>
    /// <param name="events">True if the event of a pause is to be expected: it may come a moment after the state.</param>
    public OperatingStatus Seen(bool events)
    {
        lock (_gate)
        {
            _seen++;
            return _asked ? OperatingStatus.Paused : events && !_told && _seen == 1 ? OperatingStatus.Pausing : OperatingStatus.Attention;
        }
    }

    /// <summary>The printer is not paused.</summary>
    /// <param name="inHand">A job is in hand: what was asked for may still come.</param>
    public void NotSeen(bool inHand)
    {
        lock (_gate)
        {
            if (!inHand || _seen > 0)
                (_asked, _told, _seen) = (false, false, 0);
        }
    }
}
