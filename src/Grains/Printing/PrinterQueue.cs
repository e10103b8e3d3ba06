using System.Collections.Immutable;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Grains.Printing;

/// <summary>
/// A printer's queue as a machine without clock, store or network: who is next, and whether anybody may be. Whoever calls a method that
/// answers true makes <paramref name="data"/> durable before acting on it.
/// </summary>
internal sealed class PrinterQueue(PrinterData data)
{
    /// <summary>How long a job waits whose printer was busy with another file.</summary>
    public static readonly TimeSpan BusyDelay = TimeSpan.FromSeconds(30);

    /// <summary>The job that has the turn; "" for none.</summary>
    public string Turn => data.Turn;

    /// <summary>The number of the last turn.</summary>
    public long TurnNumber => data.TurnNumber;

    /// <summary>Whether the bed is free as far as is known.</summary>
    public bool BedCleared => data.BedCleared;

    /// <summary>The waiting jobs in their order.</summary>
    public IEnumerable<QueuedPrint> Waiting =>
        data.Jobs.Where(job => job.JobId != data.Turn).OrderByDescending(job => job.Priority).ThenBy(job => job.Place);

    /// <summary>The job of that id; null when it is not here.</summary>
    public QueuedPrint? Find(string jobId) => data.Jobs.Find(job => job.JobId == jobId);

    /// <summary>Takes a job in; false when it is here already.</summary>
    public bool Add(QueuedPrint job)
    {
        if (Find(job.JobId) is not null)
            return false;
        job.Place = data.NextPlace++;
        data.Jobs.Add(job);
        return true;
    }

    /// <summary>After a restart: the job that has the turn is as it was told last, until it says more. Its steps are not kept here, they are told.</summary>
    /// <param name="told">The queue as it was told.</param>
    public void Recall(ImmutableArray<PrintQueueEntry> told)
    {
        if (Find(data.Turn) is { } job && told.FirstOrDefault(entry => entry.JobId == job.JobId) is { State: not null } entry)
            job.Entry = entry;
    }

    /// <summary>Takes what a job says of itself.</summary>
    /// <param name="entry">As it is shown.</param>
    /// <param name="touchedBed">Something of it may lie on the bed.</param>
    /// <param name="turn">The last turn that it took.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <returns>True when the turn or the queue changed; false when only what is shown did.</returns>
    public bool Changed(PrintQueueEntry entry, bool touchedBed, long turn, long now)
    {
        if (Find(entry.JobId!) is not { } job)
            return false;
        job.Entry = entry;
        if (entry.State!.Value.HasEnded())
        {
            data.Jobs.Remove(job);
            data.Last = entry;
            if (entry.Error?.Code == PrintErrorCode.CancelUnconfirmed)
                data.Doubtful = entry;
            if (data.Turn == job.JobId)
                EndTurn();
            if (touchedBed && !data.ClearsItself)
                data.BedCleared = false;
            return true;
        }

        if (entry.State == PrintJobState.Queued && data.Turn == job.JobId && turn == data.TurnNumber)
        {
            // It took this turn and is queued again: the printer was busy.
            job.NotBefore = now + (long)BusyDelay.TotalMilliseconds;
            EndTurn();
            return true;
        }

        return false;
    }

    /// <summary>Gives the turn to the next job, if anybody may have it.</summary>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="printer">What the printer does; null while that is not known.</param>
    /// <returns>True when <see cref="Turn"/> was given.</returns>
    public bool GiveTurn(long now, PrinterStatus? printer)
    {
        if (data.Turn.Length > 0 || !data.BedCleared || printer is null || !IsFree(printer.OperatingStatus))
            return false;
        if (LeavesPart(printer.OperatingStatus) && !data.ClearsItself)
            return false;
        if (Waiting.FirstOrDefault(job => !job.Held) is not { } next || next.NotBefore > now)
            return false;
        data.Turn = next.JobId;
        data.TurnNumber++;
        return true;
    }

    /// <summary>
    /// Looks at what the printer does: a print that is not ours leaves a part on the bed, whether it was seen or only that it ended. What is
    /// seen while a job has the turn counts when the turn ends. What comes late, from before the last confirmation, tells nothing.
    /// </summary>
    /// <param name="printer">What it does.</param>
    /// <param name="at">When the edge saw it, Unix milliseconds.</param>
    /// <returns>True when what is kept changed.</returns>
    public bool Saw(PrinterStatus printer, long at)
    {
        if (at < data.ConfirmedAt)
            return false;
        var before = (data.BedCleared, data.EndConfirmed, data.PrintSeen);
        data.EndConfirmed &= HasEnded(printer.OperatingStatus);
        if (LeavesPart(printer.OperatingStatus))
        {
            if (data.Turn.Length > 0)
                data.PrintSeen = true;
            else
                data.BedCleared &= data.ClearsItself;
        }

        return before != (data.BedCleared, data.EndConfirmed, data.PrintSeen);
    }

    /// <summary>A person confirms that the bed is free; false while a job has the turn, or somebody else prints.</summary>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="printer">What the printer does; null while that is not known.</param>
    public bool Clear(long now, PrinterStatus? printer)
    {
        // Right after our own job the printer's last word may still be that it prints; one that was given up may print in truth.
        var printsForOthers = (data.Last is null || data.Doubtful is not null) && printer is not null && !HasEnded(printer.OperatingStatus) && LeavesPart(printer.OperatingStatus);
        if (data.Turn.Length > 0 || printsForOthers)
            return false;
        data.ConfirmedAt = now;
        data.BedCleared = true;
        data.EndConfirmed = true;
        data.Last = null;
        data.Doubtful = null;
        return true;
    }

    /// <summary>Whether the printer clears its bed by itself.</summary>
    public bool SetClearsItself(bool value)
    {
        data.ClearsItself = value;
        data.BedCleared |= value && data.Turn.Length == 0;
        return true;
    }

    /// <summary>Holds a waiting job or lets it go.</summary>
    public bool Hold(string jobId, bool held)
    {
        if (jobId == data.Turn || Find(jobId) is not { } job)
            return false;
        job.Held = held;
        return true;
    }

    /// <summary>Puts a waiting job at a place among the waiting ones.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="order">From 1; beyond the end is the end. It takes the priority of whom it goes before.</param>
    public bool Move(string jobId, int order)
    {
        if (jobId == data.Turn || Find(jobId) is not { } job)
            return false;
        var waiting = Waiting.Where(other => other != job).ToList();
        var index = Math.Clamp(order - 1, 0, waiting.Count);
        if (waiting.Count > 0)
            job.Priority = waiting[Math.Min(index, waiting.Count - 1)].Priority;
        waiting.Insert(index, job);
        foreach (var other in waiting)
            other.Place = data.NextPlace++;
        return true;
    }

    /// <summary>Sets a waiting job's priority.</summary>
    public bool Prioritize(string jobId, int priority)
    {
        if (jobId == data.Turn || Find(jobId) is not { } job)
            return false;
        job.Priority = priority;
        return true;
    }

    /// <summary>What is wrong with the printer beside what it says itself: a job that was given up may go on.</summary>
    public PrinterAlert? Alert => data.Doubtful is { } job
        ? new PrinterAlert(AlertCode.ConnectionLost, AlertSeverity.Error, job.Error!.Message, job.EndedAt ?? 0)
        : null;

    /// <summary>
    /// The queue as applications see it: what is on the printer, what waits, what ended last. The printer's own entries that are ours are
    /// told by ours.
    /// </summary>
    public ImmutableArray<PrintQueueEntry> ToEntries(PrinterSnapshot? printer)
    {
        var entries = ImmutableArray.CreateBuilder<PrintQueueEntry>();
        var foreign = (printer?.PrintQueue ?? []).Where(entry => entry.JobId is null).ToList();
        var running = foreign.Where(entry => entry.Order == 0).Take(1).ToList();
        entries.AddRange(running);
        if (Find(data.Turn) is { Entry: { } own } turn)
            entries.Add(Shown(turn, own) with { Progress = own.State?.MayTouchBed() is true ? printer?.Status.Progress : own.Progress });
        entries.AddRange(foreign.Except(running));
        entries.AddRange(Waiting.Where(job => job.Entry is not null).Select(job => Shown(job, job.Entry!)));
        if (data.Last is { } last)
            entries.Add(last);
        var first = running.Count > 0 || data.Turn.Length > 0 ? 0 : 1;
        return [.. entries.Select((entry, index) => entry with { Order = first + index })];
    }

    private static PrintQueueEntry Shown(QueuedPrint job, PrintQueueEntry entry) => entry with
    {
        Held = job.Held ? true : null,
        Priority = job.Priority == 0 ? null : job.Priority,
        Msg = job.Held ? "Waits for approval" : entry.Msg,
    };

    // A job that never touched the bed may have had the turn while somebody else printed.
    private void EndTurn()
    {
        data.Turn = "";
        data.BedCleared &= !data.PrintSeen || data.ClearsItself;
        data.PrintSeen = false;
    }

    private bool LeavesPart(OperatingStatus status) => HasEnded(status)
        ? !data.EndConfirmed
        : status is not (OperatingStatus.Idle or OperatingStatus.Offline or OperatingStatus.Error);

    private static bool HasEnded(OperatingStatus status) => status is OperatingStatus.Finished or OperatingStatus.Stopped;

    private static bool IsFree(OperatingStatus status) => status is OperatingStatus.Idle || HasEnded(status);
}
