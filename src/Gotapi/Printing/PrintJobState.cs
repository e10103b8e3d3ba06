using System.Text.Json.Serialization;

namespace Dwapi.Gotapi.Printing;

/// <summary>State of a print job. Numbers are stored: never use one again.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<PrintJobState>))]
public enum PrintJobState
{
    /// <summary>Ordered, not yet in the queue.</summary>
    Accepted = 0,

    /// <summary>In the queue.</summary>
    Queued = 1,

    /// <summary>Its turn; the content server is asked for a token.</summary>
    Authorizing = 2,

    /// <summary>The edge fetches the file.</summary>
    Fetching = 3,

    /// <summary>The edge compares digest and type.</summary>
    Verifying = 4,

    /// <summary>The edge slices the model.</summary>
    Slicing = 5,

    /// <summary>The file goes to the printer.</summary>
    Uploading = 6,

    /// <summary>The printer was told to start.</summary>
    Starting = 7,

    /// <summary>The printer fetches and prepares by itself.</summary>
    Delegated = 8,

    /// <summary>Prints.</summary>
    Printing = 9,

    /// <summary>Paused.</summary>
    Paused = 10,

    /// <summary>Was told to stop.</summary>
    Cancelling = 11,

    /// <summary>What became of it is not known yet: the printer is asked.</summary>
    Unknown = 12,

    /// <summary>Printed.</summary>
    Completed = 13,

    /// <summary>Failed.</summary>
    Failed = 14,

    /// <summary>Stopped as ordered.</summary>
    Cancelled = 15,
}
