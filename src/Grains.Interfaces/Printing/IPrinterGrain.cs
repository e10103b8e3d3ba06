using Dwapi.Grains.Devices;

namespace Dwapi.Grains.Printing;

/// <summary>
/// One printer, key <c>tenant/serviceId</c>: its snapshot, the order of its queue, which job may use it, and whether its bed was cleared.
/// It is the only one that reports the attribute <c>information</c> to its device grain.
/// </summary>
[Alias("Dwapi.IPrinterGrain")]
public interface IPrinterGrain : IGrainWithStringKey
{
    /// <summary>Takes snapshots of the edge, puts the queue into them, and reports those that are events.</summary>
    [Alias("Report")]
    Task<ReportResult> Report(ReportBatch batch, CancellationToken cancellationToken);

    /// <summary>Takes a job into the queue; a repeated call does nothing again. Called by the job.</summary>
    [Alias("Enqueue")]
    Task<PrintAnswer> Enqueue(PrintChange job, PrintRequest request);

    /// <summary>A job tells what became of it.</summary>
    [Alias("JobChanged")]
    Task<PrintAnswer> JobChanged(PrintChange job);

    /// <summary>A person arranges the queue or confirms that the bed is free.</summary>
    [Alias("Arrange")]
    Task<PrintAnswer> Arrange(PrinterArrangement arrangement);

    /// <summary>Its edge, or the link of it, came or went: both are looked up.</summary>
    [Alias("LinkChanged")]
    Task LinkChanged();

    /// <summary>Queue and bed.</summary>
    [Alias("GetView")]
    ValueTask<PrinterView> GetView();
}
