using System.Collections.Immutable;

namespace Dwapi.Grains.Devices;

/// <summary>What a device grain holds in memory of one attribute; the store has the rest.</summary>
internal sealed class DeviceAttribute(string name)
{
    /// <summary>The attribute.</summary>
    public string Name { get; } = name;

    /// <summary>The highest durable sequence, 0 for none.</summary>
    public long Head { get; private set; }

    /// <summary>The latest measurement by the rule of DECISIONS 12, and the edge through which it came.</summary>
    public Measurement? Latest { get; private set; }

    /// <summary>The youngest events, null while nobody holds a lease.</summary>
    public EventRing? Ring { get; set; }

    /// <summary>The ready-made answer of a one-shot.</summary>
    public OneShot? OneShot { get; set; }

    private readonly List<Measurement> _fresh = [];
    private string _latestEdge = "";

    /// <summary>Starts with what the store has.</summary>
    public void Load(long head, Measurement latest, string edge)
    {
        Head = head;
        Latest = latest;
        _latestEdge = edge;
    }

    /// <summary>Moves on with a committed measurement.</summary>
    /// <param name="measurement">The measurement; its sequence follows <see cref="Head"/>.</param>
    /// <param name="edge">The edge through which it came.</param>
    /// <param name="leased">True to keep it in the ring and to publish it.</param>
    public void Commit(Measurement measurement, string edge, bool leased)
    {
        Head = measurement.Sequence;
        if (LatestRule.Replaces(Latest, _latestEdge, measurement, edge))
        {
            Latest = measurement;
            _latestEdge = edge;
        }

        if (leased)
        {
            (Ring ??= new EventRing()).Add(measurement);
            _fresh.Add(measurement);
        }
        else
        {
            // A ring with a hole would lie.
            Ring = null;
        }
    }

    /// <summary>What was committed since the last call and has to be published.</summary>
    public ImmutableArray<Measurement> TakeFresh()
    {
        ImmutableArray<Measurement> fresh = [.. _fresh];
        _fresh.Clear();
        return fresh;
    }
}
