using System.Collections.Frozen;
using System.Collections.Immutable;
using static Dwapi.Gotapi.Printing.PrintJobState;

namespace Dwapi.Gotapi.Printing;

/// <summary>The one table of a job's states: host and edge follow it, docs/printing.md shows it.</summary>
public static class PrintJobTransitions
{
    // States in which the edge works on a job.
    private static readonly ImmutableArray<PrintJobState> AtEdge =
        [Fetching, Verifying, Slicing, Uploading, Starting, Delegated, PrintJobState.Printing, Paused, Unknown, Cancelling];

    /// <summary>Every row.</summary>
    public static readonly ImmutableArray<PrintJobTransition> All =
    [
        new(Accepted, PrintJobTrigger.Enqueued, Queued),
        new(Accepted, PrintJobTrigger.Cancel, Cancelled),
        new(Queued, PrintJobTrigger.Turn, Authorizing),
        new(Queued, PrintJobTrigger.Cancel, Cancelled),
        new(Authorizing, PrintJobTrigger.Authorized, Fetching),
        new(Authorizing, PrintJobTrigger.Refused, Failed),
        new(Authorizing, PrintJobTrigger.Cancel, Cancelling),
        new(Authorizing, PrintJobTrigger.Failed, Failed),
        new(Authorizing, PrintJobTrigger.Cancelled, Cancelled),
        new(Fetching, PrintJobTrigger.TokenNeeded, Authorizing),
        new(Fetching, PrintJobTrigger.Delegated, Delegated),
        new(Fetching, PrintJobTrigger.Fetched, Verifying),
        new(Verifying, PrintJobTrigger.Mismatched, Fetching),
        new(Verifying, PrintJobTrigger.Verified, Slicing),
        new(Verifying, PrintJobTrigger.VerifiedPrintable, Uploading),
        new(Slicing, PrintJobTrigger.Sliced, Uploading),
        new(Uploading, PrintJobTrigger.Uploaded, Starting),
        new(Uploading, PrintJobTrigger.PrinterBusy, Queued),
        new(Fetching, PrintJobTrigger.PrinterBusy, Queued),
        new(Starting, PrintJobTrigger.Started, PrintJobState.Printing),
        new(Delegated, PrintJobTrigger.Started, PrintJobState.Printing),
        new(Unknown, PrintJobTrigger.Started, PrintJobState.Printing),
        new(PrintJobState.Printing, PrintJobTrigger.Paused, Paused),
        new(Unknown, PrintJobTrigger.Paused, Paused),
        new(Paused, PrintJobTrigger.Resumed, PrintJobState.Printing),
        .. From(PrintJobTrigger.Lost, Unknown, Starting, Delegated, PrintJobState.Printing, Paused),
        .. From(PrintJobTrigger.Completed, Completed, PrintJobState.Printing, Paused, Delegated, Unknown, Cancelling),
        .. From(PrintJobTrigger.Failed, Failed, [.. AtEdge]),
        .. From(PrintJobTrigger.Cancelled, Cancelled, [.. AtEdge]),
        .. From(PrintJobTrigger.Cancel, Cancelling, [.. AtEdge.Remove(Cancelling)]),

        // An edge that never comes back holds the printer no longer than people want.
        .. From(PrintJobTrigger.Forced, Failed, [Authorizing, .. AtEdge]),
        new(Cancelling, PrintJobTrigger.Expired, Failed),

        // What the edge reported before it heard of the order to stop.
        .. Absorbed(
            PrintJobTrigger.TokenNeeded, PrintJobTrigger.Delegated, PrintJobTrigger.Fetched, PrintJobTrigger.Mismatched,
            PrintJobTrigger.Verified, PrintJobTrigger.VerifiedPrintable, PrintJobTrigger.Sliced, PrintJobTrigger.Uploaded,
            PrintJobTrigger.Started, PrintJobTrigger.Paused, PrintJobTrigger.Resumed, PrintJobTrigger.Lost),
        new(Cancelling, PrintJobTrigger.PrinterBusy, Cancelled),
        .. AtEdge.Select(state => new PrintJobTransition(state, PrintJobTrigger.Progress, state)),
    ];

    private static readonly FrozenDictionary<(PrintJobState, PrintJobTrigger), PrintJobState> Table =
        All.ToFrozenDictionary(row => (row.From, row.Trigger), row => row.To);

    /// <summary>The state that a trigger leads to; false when the table does not have it.</summary>
    public static bool TryNext(PrintJobState state, PrintJobTrigger trigger, out PrintJobState next) =>
        Table.TryGetValue((state, trigger), out next);

    /// <summary>Completed, failed or cancelled: nothing follows.</summary>
    public static bool HasEnded(this PrintJobState state) => state is Completed or Failed or Cancelled;

    /// <summary>Holds the printer's turn.</summary>
    public static bool HasTurn(this PrintJobState state) => state == Authorizing || AtEdge.Contains(state);

    /// <summary>From here on something may lie on the bed when the job ends.</summary>
    public static bool MayTouchBed(this PrintJobState state) => state is Starting or Delegated or PrintJobState.Printing or Paused or Unknown;

    /// <summary>Whether the edge reports it; the others are the host's own.</summary>
    public static bool IsOfEdge(this PrintJobTrigger trigger) =>
        trigger is PrintJobTrigger.Progress or (>= PrintJobTrigger.TokenNeeded and <= PrintJobTrigger.Cancelled);

    private static IEnumerable<PrintJobTransition> From(PrintJobTrigger trigger, PrintJobState to, params PrintJobState[] states) =>
        states.Select(state => new PrintJobTransition(state, trigger, to));

    private static IEnumerable<PrintJobTransition> Absorbed(params PrintJobTrigger[] triggers) =>
        triggers.Select(trigger => new PrintJobTransition(Cancelling, trigger, Cancelling));
}
