using System.Collections.Immutable;
using Dwapi.Gotapi.Time;
using Dwapi.Grains.Ports;

namespace Dwapi.Grains.Devices;

/// <summary>
/// The attributes of one device as its grain holds them: heads, latest, one-shots kept ready made so that a request allocates nothing, and
/// the rings while leased.
/// </summary>
internal sealed class DeviceAttributes(string epoch)
{
    private readonly Dictionary<string, DeviceAttribute> _attributes = new(1, StringComparer.Ordinal);
    private OneShot _none = new(null, null, 0, epoch);

    /// <summary>The heads, kept ready made.</summary>
    public DeviceHeads Heads { get; private set; } = new(epoch, []);

    /// <summary>Starts with what the store has.</summary>
    public void Load(ImmutableArray<StoredHead> heads, ServiceRegistration? registration)
    {
        foreach (var head in heads)
            Of(head.Attribute).Load(head.Sequence, head.Latest, head.LatestEdge);
        MakeHeads();
        Register(registration);
    }

    /// <summary>Takes a new registration into every ready-made answer.</summary>
    public void Register(ServiceRegistration? registration)
    {
        _none = new OneShot(registration, null, 0, epoch);
        foreach (var attribute in _attributes.Values)
            MakeOneShot(attribute);
    }

    /// <summary>The answer of a one-shot: the registration alone when there is no measurement.</summary>
    public OneShot OneShotOf(string attribute) =>
        _attributes.TryGetValue(attribute, out var found) ? found.OneShot! : _none;

    /// <summary>The highest sequence of an attribute, 0 for none.</summary>
    public long HeadOf(string attribute) => _attributes.TryGetValue(attribute, out var found) ? found.Head : 0;

    /// <summary>Moves heads and latest after a commit.</summary>
    /// <param name="items">What was appended.</param>
    /// <param name="results">What the commit made of it.</param>
    /// <param name="edge">The edge that sent it.</param>
    /// <param name="leased">True to keep a ring and return the events to publish.</param>
    public List<(string Attribute, ImmutableArray<Measurement> Measurements)> Commit(
        ImmutableArray<ReportItem> items, ImmutableArray<AppendedItem> results, string edge, bool leased)
    {
        List<DeviceAttribute> moved = [];
        for (var i = 0; i < items.Length; i++)
        {
            if (results[i].Outcome != ReportOutcome.Committed)
                continue;
            var attribute = Of(items[i].Attribute);
            if (!moved.Contains(attribute))
                moved.Add(attribute);
            attribute.Commit(ToMeasurement(items[i], results[i].Sequence), edge, leased);
        }

        foreach (var attribute in moved)
            MakeOneShot(attribute);
        if (moved.Count > 0)
            MakeHeads();
        return leased ? [.. moved.Select(attribute => (attribute.Name, attribute.TakeFresh()))] : [];
    }

    /// <summary>Reads events from memory; false when only the store has them.</summary>
    public bool TryRead(string attribute, long after, int limit, out EventPage page)
    {
        page = new EventPage([], Gap: false, 0);
        if (!_attributes.TryGetValue(attribute, out var found))
            return true;
        if (after == found.Head)
        {
            page = page with { Head = found.Head };
            return true;
        }

        if (found.Ring is null || !found.Ring.TryRead(after, limit, out var events))
            return false;
        page = new EventPage(events, Gap: false, found.Head);
        return true;
    }

    /// <summary>Nobody holds a lease any more.</summary>
    public void DropRings()
    {
        foreach (var attribute in _attributes.Values)
            attribute.Ring = null;
    }

    /// <summary>The envelope of an item under its sequence.</summary>
    public static Measurement ToMeasurement(ReportItem item, long sequence) =>
        new(sequence, item.MeasuredAt, item.ReceivedAt, item.Stamped, item.BatteryLevel, item.Quantities);

    /// <summary>The item with the time that dates it; without the mark of a device stamp when that stamp was not used.</summary>
    public static ReportItem Dated(ReportItem item)
    {
        if (!item.Stamped)
            return item;
        var date = MeasurementTimeRule.Date(item.MeasuredAt, item.ReceivedAt, out var flagged);
        return flagged ? item with { MeasuredAt = date, Stamped = false } : item;
    }

    private DeviceAttribute Of(string name)
    {
        if (!_attributes.TryGetValue(name, out var attribute))
            _attributes.Add(name, attribute = new DeviceAttribute(name));
        return attribute;
    }

    private void MakeOneShot(DeviceAttribute attribute) =>
        attribute.OneShot = new OneShot(_none.Registration, attribute.Latest, attribute.Head, epoch);

    private void MakeHeads() =>
        Heads = new DeviceHeads(epoch, [.. _attributes.Values.Select(attribute => new AttributeHead(attribute.Name, attribute.Head))]);
}
