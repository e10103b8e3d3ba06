using Dwapi.Gotapi.Printing;

namespace Dwapi.Grains.Printing;

/// <summary>
/// A print job as a machine without clock, store or network: it moves by <see cref="PrintJobTransitions"/> only. Whoever calls a method
/// that answers true makes <paramref name="data"/> durable.
/// </summary>
internal sealed class PrintJob(PrintJobData data)
{
    /// <summary>Where it is.</summary>
    public PrintJobState State => data.State;

    /// <summary>The queue has it.</summary>
    public bool Enqueue() => Move(PrintJobTrigger.Enqueued);

    /// <summary>It has the printer's turn.</summary>
    /// <param name="turn">The number of the turn; an old one, told late, is over.</param>
    public bool TakeTurn(long turn)
    {
        if (turn <= data.TurnNumber)
            return false;
        if (data.State == PrintJobState.Accepted)
            Move(PrintJobTrigger.Enqueued);
        if (!Move(PrintJobTrigger.Turn))
            return false;
        data.TurnNumber = turn;
        data.Attempt++;
        return true;
    }

    /// <summary>There is a token, or none is needed: the edge is to run it.</summary>
    public bool Authorize()
    {
        if (!Move(PrintJobTrigger.Authorized))
            return false;
        Tell(PendingOperation.Order);
        data.Ordered = true;
        return true;
    }

    /// <summary>It cannot go on.</summary>
    public bool Refuse(PrintError error, long now)
    {
        if (!Move(data.State == PrintJobState.Authorizing ? PrintJobTrigger.Refused : PrintJobTrigger.Failed))
            return false;
        data.Error = error;
        data.Pending = PendingOperation.None;
        data.EndedAt = now;
        return true;
    }

    /// <summary>Somebody ordered to stop. A job that the edge never heard of ends at once.</summary>
    public bool Cancel(long now)
    {
        var trigger = data.State == PrintJobState.Authorizing && !data.Ordered ? PrintJobTrigger.Cancelled : PrintJobTrigger.Cancel;
        if (data.State == PrintJobState.Cancelling || !Move(trigger))
            return false;
        data.CancelledAt = now;
        if (data.Ordered)
            Tell(PendingOperation.Cancel);
        else
            data.Pending = PendingOperation.None;
        if (data.State.HasEnded())
            data.EndedAt = now;
        return true;
    }

    /// <summary>An operator ends it whatever its edge does. One that the edge never heard of is simply cancelled.</summary>
    public bool Force(long now) => data.Ordered && data.State.HasTurn()
        ? GiveUp(PrintJobTrigger.Forced, "An operator ended it without its edge. Look at the printer, stop it there, then confirm that its bed is clear.", now)
        : Cancel(now);

    /// <summary>The edge did not say in time that it stopped; false while there is time.</summary>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="within">How long the edge has.</param>
    public bool Expire(long now, TimeSpan within) =>
        data is { State: PrintJobState.Cancelling, CancelledAt: { } since } && now - since >= within.TotalMilliseconds
        && GiveUp(PrintJobTrigger.Expired, "Its edge did not say that it stopped. Look at the printer, then confirm that its bed is clear.", now);

    /// <summary>What the edge has of it was lost: it is told all of it again, and goes on where the host has it.</summary>
    public bool OrderAgain()
    {
        if (!IsAtEdge || data.State == PrintJobState.Cancelling)
            return false;
        data.OrderedAgain = true;
        Tell(PendingOperation.Order);
        return true;
    }

    /// <summary>Whether the edge should have it, as far as is known.</summary>
    public bool IsAtEdge => data.Ordered && data.State.HasTurn() && data.State != PrintJobState.Authorizing;

    /// <summary>Somebody wants it to pause or to go on.</summary>
    public bool Command(PendingOperation operation)
    {
        if (data.Pending != PendingOperation.None
            || data.State != (operation == PendingOperation.Pause ? PrintJobState.Printing : PrintJobState.Paused))
        {
            return false;
        }

        Tell(operation);
        return true;
    }

    /// <summary>The edge reports.</summary>
    public ReportFate Report(PrintJobReport report)
    {
        if (report.Number <= data.Reported || (data.State.HasEnded() && report.Trigger.IsOfEdge()))
            return ReportFate.Known;
        if (report.Number != data.Reported + 1 || !report.Trigger.IsOfEdge() || !Move(report.Trigger))
            return ReportFate.Refused;
        data.Reported = report.Number;
        data.Attention = report.Attention && data.State is PrintJobState.Printing or PrintJobState.Paused;
        data.Error = report.Error ?? data.Error;
        data.Bytes = report.Bytes ?? data.Bytes;
        data.Size = report.Size ?? data.Size;
        data.Digest = report.Digest ?? data.Digest;
        data.EstimatedSeconds = report.EstimatedSeconds ?? data.EstimatedSeconds;
        data.FilamentMillimetres = report.FilamentMillimetres ?? data.FilamentMillimetres;
        data.Progress = report.Progress;
        data.RemoteName = report.RemoteName ?? data.RemoteName;
        data.RemoteJobId = report.RemoteJobId ?? data.RemoteJobId;
        if (report.Trigger == PrintJobTrigger.Started)
            data.StartedAt ??= report.At;

        // Whoever reports has the order.
        if (data.State == PrintJobState.Authorizing || data.State.HasEnded() || data.Pending == PendingOperation.Order)
            data.Pending = PendingOperation.None;
        if (data.State.HasEnded())
            data.EndedAt = report.At;
        return ReportFate.Applied;
    }

    /// <summary>The edge has taken what it was told.</summary>
    /// <param name="operation">The number of what it was told.</param>
    public bool Told(int operation)
    {
        if (data.Pending == PendingOperation.None || data.Operations != operation)
            return false;
        data.Pending = PendingOperation.None;
        return true;
    }

    /// <summary>Seconds of print as far as known: estimated, else, at the end, what it took.</summary>
    public double? Seconds => data.EstimatedSeconds
        ?? (data.State.HasEnded() && data is { StartedAt: { } from, EndedAt: { } to } ? Math.Max(0, to - from) / 1000.0 : null);

    /// <summary>The job as an entry of the queue.</summary>
    public PrintQueueEntry ToEntry(string jobId) => new()
    {
        Uri = data.Request?.Uri ?? "",
        Msg = PrintMessages.Of(data.State, data.Attention, data.Error),
        JobId = jobId,
        State = data.State,
        FileName = data.Request?.FileName is { Length: > 0 } name ? name : null,
        Attention = data.Attention ? true : null,
        EstimatedSeconds = data.EstimatedSeconds,
        FilamentMillimetres = data.FilamentMillimetres,
        Progress = data.State == PrintJobState.Slicing ? data.Progress : null,
        AddedAt = data.AddedAt,
        StartedAt = data.StartedAt,
        EndedAt = data.EndedAt,
        Error = data.Error,
        Attempt = data.Attempt == 0 ? null : data.Attempt,
    };

    // The edge is told to stop all the same, should it come back.
    private bool GiveUp(PrintJobTrigger trigger, string message, long now)
    {
        if (!Move(trigger))
            return false;
        data.Error = new PrintError(PrintErrorCode.CancelUnconfirmed, message);
        data.TouchedBed = true;
        data.Attention = false;
        data.EndedAt = now;
        Tell(PendingOperation.Cancel);
        return true;
    }

    private void Tell(PendingOperation operation)
    {
        data.Pending = operation;
        data.Operations++;
    }

    private bool Move(PrintJobTrigger trigger)
    {
        if (!PrintJobTransitions.TryNext(data.State, trigger, out var next))
            return false;

        // A cancelled job goes on to be moved by what the edge did before it heard of it.
        data.TouchedBed |= next.MayTouchBed()
            || trigger is PrintJobTrigger.Uploaded or PrintJobTrigger.Delegated or PrintJobTrigger.Started;
        data.State = next;
        return true;
    }
}
