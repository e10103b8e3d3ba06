namespace Dwapi.Gotapi.Printing;

/// <summary>What an edge reports of a job: one item of its outbox.</summary>
public sealed record PrintJobReport
{
    /// <summary>The job.</summary>
    public required string JobId { get; init; }

    /// <summary>Number of the report within its job, from 1 without holes.</summary>
    public required long Number { get; init; }

    /// <summary>What happened.</summary>
    public required PrintJobTrigger Trigger { get; init; }

    /// <summary>When, Unix milliseconds.</summary>
    public required long At { get; init; }

    /// <summary>A person is needed, for example without filament.</summary>
    public bool Attention { get; init; }

    /// <summary>Why it failed.</summary>
    public PrintError? Error { get; init; }

    /// <summary>Bytes fetched so far.</summary>
    public long? Bytes { get; init; }

    /// <summary>Bytes of the file.</summary>
    public long? Size { get; init; }

    /// <summary>SHA-256 of the file as lower-case hex.</summary>
    public string? Digest { get; init; }

    /// <summary>Part of the present step that is done, 0 to 1; null where it is not known.</summary>
    public double? Progress { get; init; }

    /// <summary>Estimated time of the print, seconds.</summary>
    public double? EstimatedSeconds { get; init; }

    /// <summary>Estimated length of the filament, millimetres.</summary>
    public double? FilamentMillimetres { get; init; }

    /// <summary>Name of the file on the printer; contains the job's id.</summary>
    public string? RemoteName { get; init; }

    /// <summary>The printer's own id of the job.</summary>
    public string? RemoteJobId { get; init; }
}
