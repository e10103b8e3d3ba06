using System.Text.Json.Serialization;

namespace Dwapi.Gotapi.Printing;

/// <summary>What moves a job. The table is <see cref="PrintJobTransitions"/>.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<PrintJobTrigger>))]
public enum PrintJobTrigger
{
    /// <summary>Nothing but values changed.</summary>
    Progress = 0,

    /// <summary>The queue has it.</summary>
    Enqueued = 1,

    /// <summary>The printer is idle, its bed cleared, and the job the head of the queue.</summary>
    Turn = 2,

    /// <summary>There is a token, or none is needed.</summary>
    Authorized = 3,

    /// <summary>The content server refuses.</summary>
    Refused = 4,

    /// <summary>Somebody ordered to stop.</summary>
    Cancel = 5,

    /// <summary>The token was refused once, or a restart lost it.</summary>
    TokenNeeded = 6,

    /// <summary>The printer fetches by itself.</summary>
    Delegated = 7,

    /// <summary>The file is here.</summary>
    Fetched = 8,

    /// <summary>The file is another one: fetched once more.</summary>
    Mismatched = 9,

    /// <summary>The right file, a model.</summary>
    Verified = 10,

    /// <summary>The right file, printable as it is.</summary>
    VerifiedPrintable = 11,

    /// <summary>Sliced.</summary>
    Sliced = 12,

    /// <summary>On the printer.</summary>
    Uploaded = 13,

    /// <summary>The printer is busy with another file: the job waits for another turn.</summary>
    PrinterBusy = 14,

    /// <summary>The printer reports our file printing.</summary>
    Started = 15,

    /// <summary>Paused.</summary>
    Paused = 16,

    /// <summary>Goes on.</summary>
    Resumed = 17,

    /// <summary>Edge restarted or printer out of reach in mid print.</summary>
    Lost = 18,

    /// <summary>Done.</summary>
    Completed = 19,

    /// <summary>Failed.</summary>
    Failed = 20,

    /// <summary>Stopped.</summary>
    Cancelled = 21,

    /// <summary>An operator ends it without its edge.</summary>
    Forced = 22,

    /// <summary>The edge did not say within the limit that it stopped.</summary>
    Expired = 23,
}
