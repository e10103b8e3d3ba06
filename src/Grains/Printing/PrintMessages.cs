using Dwapi.Gotapi.Printing;

namespace Dwapi.Grains.Printing;

/// <summary>The words of a queue entry, for people. Two of them are the text's own.</summary>
internal static class PrintMessages
{
    /// <summary>After a start.</summary>
    public const string Started = "Good Start";

    /// <summary>After a stop.</summary>
    public const string Stopped = "Printing stopped";

    /// <summary>The words of a state.</summary>
    public static string Of(PrintJobState state, bool attention, PrintError? error) => state switch
    {
        PrintJobState.Accepted or PrintJobState.Queued => Started,
        PrintJobState.Authorizing => "Asking the content server",
        PrintJobState.Fetching => "Downloading",
        PrintJobState.Verifying => "Checking the file",
        PrintJobState.Slicing => "Slicing",
        PrintJobState.Uploading => "Sending to the printer",
        PrintJobState.Starting => "Starting",
        PrintJobState.Delegated => "The printer prepares it",
        PrintJobState.Printing => attention ? "Needs attention" : "Printing",
        PrintJobState.Paused => attention ? "Paused, needs attention" : "Paused",
        PrintJobState.Unknown => "The printer is asked what became of it",
        PrintJobState.Completed => "Printed",
        PrintJobState.Failed => error is null ? "Failed" : $"Failed: {error.Message}",
        _ => Stopped,
    };
}
