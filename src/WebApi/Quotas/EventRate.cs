namespace Dwapi.WebApi.Quotas;

/// <summary>
/// A node's part of a tenant's rate of measurements: credits that may be given to its edges. Few are in store, and often some are given: what
/// a tenant may send at once is what the others wait for. What must be given at once (a link's first credits) is taken in advance and
/// waited for later.
/// </summary>
internal sealed class EventRate(TimeProvider time)
{
    /// <summary>How often an edge that waits for credits looks again.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    // Seconds of the rate: in store while nobody asks; given to a link before it has sent anything (a slow line has so much on its way);
    // owed by events without a credit before they have to wait.
    private const double Store = 0.1;
    private const double First = 0.25;
    private const double Owed = 1;

    private readonly Lock _gate = new();
    private long _at = time.GetTimestamp();
    private double _perSecond;
    private double _credits;
    private int _links;

    /// <summary>Plug-in links that share it.</summary>
    public int Links
    {
        get
        {
            lock (_gate)
            {
                return _links;
            }
        }
    }

    /// <summary>A new share of the tenant's rate.</summary>
    public void Set(double perSecond)
    {
        lock (_gate)
        {
            Refill();
            _perSecond = perSecond;
            _credits = Math.Min(_credits, Worth(Store));
        }
    }

    /// <summary>A link came or went.</summary>
    public void CountLink(int change)
    {
        lock (_gate)
        {
            _links += change;
        }
    }

    /// <summary>The credits that a link begins with: its part of a quarter of a second, at least one, so that it can go on at all.</summary>
    public int Begin(int most)
    {
        lock (_gate)
        {
            Refill();
            var given = Math.Clamp((int)(Worth(First) / Math.Max(1, _links)), 1, most);
            _credits -= given;
            return given;
        }
    }

    /// <summary>Credits for items that are done: as many as the rate has now, and no more than one link's part.</summary>
    public int Take(int wanted)
    {
        lock (_gate)
        {
            Refill();
            if (_credits < 1)
            {
                return 0;
            }

            var given = Math.Clamp((int)(_credits / Math.Max(1, _links)), 1, wanted);
            _credits -= given;
            return given;
        }
    }

    /// <summary>An item came without a credit.</summary>
    public void Charge()
    {
        lock (_gate)
        {
            Refill();
            _credits--;
        }
    }

    /// <summary>Whether so much was taken in advance that even items without a credit have to wait.</summary>
    public bool IsOverdrawn
    {
        get
        {
            lock (_gate)
            {
                Refill();
                return _credits < -Worth(Owed);
            }
        }
    }

    private double Worth(double seconds) => Math.Max(1, seconds * _perSecond);

    private void Refill()
    {
        var now = time.GetTimestamp();
        _credits = Math.Min(Worth(Store), _credits + (time.GetElapsedTime(_at, now).TotalSeconds * _perSecond));
        _at = now;
    }
}
