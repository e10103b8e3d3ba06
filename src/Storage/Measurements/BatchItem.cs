using Dwapi.Grains.Devices;
using Dwapi.Storage.PostgreSql;

namespace Dwapi.Storage.Measurements;

/// <summary>One item of a batch on its way.</summary>
internal sealed class BatchItem(PendingAppend pending, ReportItem item, EdgeEpoch epoch, AttributeState head)
{
    public PendingAppend Pending { get; } = pending;

    public ReportItem Item { get; } = item;

    public EdgeEpoch Epoch { get; } = epoch;

    public AttributeState Head { get; } = head;

    /// <summary>True when its request believes in another head: nothing is written for it (DECISIONS 13).</summary>
    public bool Refused { get; set; }

    /// <summary>True when the store holds it already.</summary>
    public bool IsDuplicate { get; set; }

    /// <summary>0 when nothing is inserted for it.</summary>
    public long Sequence { get; set; }
}
