namespace Dwapi.Gotapi.Printing;

/// <summary>An entry of a printer's queue (3D-HSF-06.1). Carries no token.</summary>
public sealed record PrintQueueEntry
{
    /// <summary>Place in the queue; 0 is the running one.</summary>
    public int Order { get; init; }

    /// <summary>URI of the content, without any token.</summary>
    public required string Uri { get; init; }

    /// <summary>State of the file or job, for people.</summary>
    public string Msg { get; init; } = "";

    /// <summary>Our id; null for a job that somebody started elsewhere.</summary>
    public string? JobId { get; init; }

    /// <summary>State; null for a job that is not ours.</summary>
    public PrintJobState? State { get; init; }

    /// <summary>Part that is done, 0 to 1: of the print, or of the slicing before it.</summary>
    public double? Progress { get; init; }

    /// <summary>Name of the file.</summary>
    public string? FileName { get; init; }

    /// <summary>Who brought it.</summary>
    public PrintOrigin Origin { get; init; }

    /// <summary>True while it waits for a person to let it go.</summary>
    public bool? Held { get; init; }

    /// <summary>Higher ones go first.</summary>
    public int? Priority { get; init; }

    /// <summary>Waits for a person, for example without filament.</summary>
    public bool? Attention { get; init; }

    /// <summary>Estimated time of the print, seconds.</summary>
    public double? EstimatedSeconds { get; init; }

    /// <summary>Estimated length of the filament, millimetres.</summary>
    public double? FilamentMillimetres { get; init; }

    /// <summary>When it came, Unix milliseconds.</summary>
    public long? AddedAt { get; init; }

    /// <summary>When its print began.</summary>
    public long? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public long? EndedAt { get; init; }

    /// <summary>Why it failed.</summary>
    public PrintError? Error { get; init; }

    /// <summary>Number of the try.</summary>
    public int? Attempt { get; init; }
}
