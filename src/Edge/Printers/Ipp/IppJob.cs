using System.Collections.Immutable;
using Dwapi.Edge.Ipp;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.Ipp;

/// <summary>A job as its printer shows it.</summary>
internal sealed record IppJob
{
    /// <summary>What is asked for.</summary>
    public static readonly ImmutableArray<string> Wanted =
    [
        "job-id", "job-name", "job-state", "job-state-reasons", "job-state-message", "number-of-documents", "job-impressions", "job-impressions-completed",
        "time-at-processing", "job-printer-up-time", "job-document-access-errors",
    ];

    public required int Id { get; init; }

    public required string Name { get; init; }

    public required IppJobState State { get; init; }

    public ImmutableArray<string> Reasons { get; init; } = [];

    /// <summary>The printer's words, without what could be secret.</summary>
    public string Message { get; init; } = "";

    /// <summary>Part that is done, 0 to 1; null if the printer does not say.</summary>
    public double? Progress { get; init; }

    /// <summary>Seconds since it began.</summary>
    public double? Elapsed { get; init; }

    /// <summary>False: it ended, or waits, before anything was printed. True where the printer does not say.</summary>
    public bool HasBegun { get; init; } = true;

    /// <summary>Why it was aborted.</summary>
    public PrintErrorCode? Error { get; init; }

    /// <summary>Nothing more happens to it.</summary>
    public bool HasEnded => State >= IppJobState.Canceled;

    /// <summary>The printer counts its documents, and has none: some say that and give no reason.</summary>
    public bool HasNoDocument { get; init; }

    /// <summary>The printer waits for its document, and does not get it now, as far as it says so.</summary>
    public bool IsEmpty => IsPending && (HasNoDocument || Reasons.Contains("job-data-insufficient")) && !Reasons.Contains("job-incoming");

    /// <summary>It is in the printer's hands, or will be without anybody's doing: nothing else can start. A job that was put on hold is not.</summary>
    public bool IsInHand => !HasEnded
        && (State != IppJobState.PendingHeld || Reasons.Contains("job-incoming") || Reasons.Contains("job-data-insufficient"));

    /// <summary>It was told to end, and does.</summary>
    public bool IsStopping => Reasons.Contains("processing-to-stop-point");

    private bool IsPending => State is IppJobState.Pending or IppJobState.PendingHeld;

    /// <summary>Reads it; null for one without an id.</summary>
    public static IppJob? Read(IppAttributes job)
    {
        if (job.Number("job-id") is not { } id)
            return null;
        ImmutableArray<string> reasons = [.. job.Texts("job-state-reasons")];
        var message = job.Text("job-state-message");
        var (impressions, done) = (job.Number("job-impressions"), job.Number("job-impressions-completed"));
        return new IppJob
        {
            Id = id,
            Name = job.Text("job-name"),
            State = job.Number("job-state") is { } state and >= (int)IppJobState.Pending and <= (int)IppJobState.Completed ? (IppJobState)state : IppJobState.Pending,
            Reasons = reasons,
            HasNoDocument = job.Number("number-of-documents") == 0,
            Message = IppWords.Plain(message),
            Progress = impressions > 0 && done >= 0 ? Math.Min(1, (double)done / impressions.Value) : null,
            Elapsed = job.Number("job-printer-up-time") - job.Number("time-at-processing") is >= 0 and var elapsed ? elapsed : null,
            HasBegun = job["time-at-processing"] is not [IppOutOfBand],
            Error = IppFaults.OfJob(reasons, [.. job.Texts("job-document-access-errors")], message),
        };
    }

    /// <summary>What became of it.</summary>
    public RemoteJobState Remote() => State switch
    {
        IppJobState.Processing when Reasons.Contains("job-incoming") => RemoteJobState.Waiting,
        IppJobState.Processing => RemoteJobState.Printing,
        IppJobState.ProcessingStopped => RemoteJobState.Paused,
        IppJobState.Canceled => RemoteJobState.Cancelled,
        IppJobState.Aborted when Error == PrintErrorCode.Interrupted => RemoteJobState.Interrupted,
        IppJobState.Aborted => RemoteJobState.Failed,
        IppJobState.Completed => RemoteJobState.Completed,
        _ => IsEmpty ? RemoteJobState.Empty : RemoteJobState.Waiting,
    };
}
