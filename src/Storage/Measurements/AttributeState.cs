using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;

namespace Dwapi.Storage.Measurements;

/// <summary>The head of one attribute while a request is worked on.</summary>
internal sealed class AttributeState(string attribute)
{
    public string Attribute { get; } = attribute;

    /// <summary>0 until there is a row.</summary>
    public long HeadId { get; set; }

    /// <summary>As stored before this request.</summary>
    public long StoredSequence { get; set; }

    /// <summary>With the items of this request so far.</summary>
    public long Sequence { get; set; }

    public Measurement? Latest { get; set; }

    public string LatestEdge { get; set; } = "";

    /// <summary>True when the caller believes in another head (DECISIONS 13).</summary>
    public bool Conflict { get; set; }

    /// <summary>Gives the next sequence to an item and moves the latest by the rule of DECISIONS 12.</summary>
    public AppendedItem Take(ReportItem item, string edge)
    {
        Sequence++;
        var measurement = new Measurement(Sequence, item.MeasuredAt, item.ReceivedAt, item.Stamped, item.BatteryLevel, item.Quantities);
        var latest = LatestRule.Replaces(Latest, LatestEdge, measurement, edge);
        if (latest)
        {
            Latest = measurement;
            LatestEdge = edge;
        }

        return new AppendedItem(ReportOutcome.Committed, Sequence, latest);
    }

    /// <summary>The head that a request expects of an attribute; 0 when it names none.</summary>
    public static long Expected(AppendRequest request, string attribute)
    {
        foreach (var head in request.Expected)
        {
            if (head.Attribute == attribute)
            {
                return head.Sequence;
            }
        }

        return 0;
    }
}
