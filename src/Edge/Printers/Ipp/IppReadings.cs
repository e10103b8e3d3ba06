using System.Collections.Immutable;
using Dwapi.Edge.Ipp;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.Ipp;

/// <summary>Makes a reading of what a printer says of itself and its jobs (printing-3dp 4.4 and 4.6).</summary>
internal static class IppReadings
{
    /// <summary>Attributes of the printer that are needed for it.</summary>
    public static readonly ImmutableArray<string> Wanted = ["printer-state", "printer-state-reasons", "printer-state-message"];

    // A printer may hide what the jobs of others are. How many it counts (queued-job-count) is not gone by: ippserver of the PWG counts aborted ones for ever.
    private const string Nameless = "(a job of somebody else)";

    /// <summary>The job in hand: the one that prints, else the next one.</summary>
    public static IppJob? InHand(IReadOnlyCollection<IppJob> jobs) =>
        jobs.FirstOrDefault(job => job.State is IppJobState.Processing or IppJobState.ProcessingStopped) ?? jobs.FirstOrDefault(job => job.IsInHand);

    /// <summary>The reading.</summary>
    /// <param name="printer">Attributes of the printer.</param>
    /// <param name="jobs">Its jobs that have not ended.</param>
    /// <param name="ended">Jobs that ended, the newest first.</param>
    public static PrinterReading Make(IppAttributes printer, ImmutableArray<IppJob> jobs, ImmutableArray<IppJob> ended)
    {
        var last = ended.FirstOrDefault();
        var state = (IppPrinterState)(printer.Number("printer-state") ?? 0);
        ImmutableArray<string> reasons = [.. printer.Texts("printer-state-reasons")];
        var troubles = IppTroubles.Of(reasons, state == IppPrinterState.Stopped, IppWords.Plain(printer.Text("printer-state-message")));
        var current = InHand(jobs);
        return new PrinterReading
        {
            Status = Status(state, [.. reasons.Select(IppTroubles.Bare)], troubles, current, ended.FirstOrDefault(job => job.HasBegun)),
            FileName = current?.Name ?? last?.Name,
            Occupied = current is not null || state == IppPrinterState.Processing,
            Message = (current ?? last)?.Message ?? "",
            Progress = current?.Progress,
            Elapsed = current?.Elapsed,
            Troubles = troubles,
            Queue = [.. jobs.Where(job => job != current).Select(job => job.Name.Length > 0 ? job.Name : Nameless)],
        };
    }

    // What ended before it was printed, as after a fetch in vain, left nothing on the bed: what was printed before it counts.
    private static OperatingStatus Status(
        IppPrinterState state, ImmutableArray<string> reasons, ImmutableArray<PrinterTrouble> troubles, IppJob? current, IppJob? printed)
    {
        var needsPerson = troubles.Any(trouble => IppTroubles.NeedsPerson(trouble.Code) && (state == IppPrinterState.Stopped || trouble.Severity == AlertSeverity.Error))
            || (current is not null && reasons.Contains("material-needed"));
        if (needsPerson)
            return OperatingStatus.Attention;
        if (state == IppPrinterState.Stopped)
            return troubles.Any(trouble => trouble.Severity == AlertSeverity.Error) ? OperatingStatus.Error : OperatingStatus.Paused;
        if (current is { State: IppJobState.ProcessingStopped })
            return OperatingStatus.Paused;
        if (current is { State: IppJobState.Processing, IsStopping: true })
            return OperatingStatus.Cancelling;
        if (current is not null && reasons.Any(IppTroubles.IsHeating))
            return OperatingStatus.Heating;
        if (current is { State: IppJobState.Processing } || state == IppPrinterState.Processing)
            return reasons.Contains("moving-to-paused") ? OperatingStatus.Pausing : OperatingStatus.Printing;
        if (current is not null)
            return OperatingStatus.Preparing;
        return printed?.State switch
        {
            IppJobState.Completed => OperatingStatus.Finished,
            IppJobState.Canceled or IppJobState.Aborted => OperatingStatus.Stopped,
            _ => OperatingStatus.Idle,
        };
    }
}
