using Dwapi.Gotapi.Printing;

namespace Dwapi.Grains.Printing;

/// <summary>What a print job's grain keeps.</summary>
internal sealed class PrintJobData
{
    /// <summary>What was ordered; null for a job that does not exist.</summary>
    public PrintRequest? Request { get; set; }

    /// <summary>Where it is.</summary>
    public PrintJobState State { get; set; }

    /// <summary>Number of the last report that was applied.</summary>
    public long Reported { get; set; }

    /// <summary>The last turn of the printer that it took.</summary>
    public long TurnNumber { get; set; }

    /// <summary>Number of the try.</summary>
    public int Attempt { get; set; }

    /// <summary>Counts orders and commands, so that each has an operation id of its own.</summary>
    public int Operations { get; set; }

    /// <summary>True once an edge that had it was told it anew, because it had lost it.</summary>
    public bool OrderedAgain { get; set; }

    /// <summary>What the edge has still to be told.</summary>
    public PendingOperation Pending { get; set; }

    /// <summary>The edge that the order was told to; "" before.</summary>
    public string EdgeId { get; set; } = "";

    /// <summary>The edge may know the job.</summary>
    public bool Ordered { get; set; }

    /// <summary>Something of it may lie on the bed.</summary>
    public bool TouchedBed { get; set; }

    /// <summary>A person is needed.</summary>
    public bool Attention { get; set; }

    /// <summary>Why it failed.</summary>
    public PrintError? Error { get; set; }

    /// <summary>Bytes fetched.</summary>
    public long? Bytes { get; set; }

    /// <summary>Bytes of the file.</summary>
    public long? Size { get; set; }

    /// <summary>SHA-256 of the file.</summary>
    public string? Digest { get; set; }

    /// <summary>Estimated time of the print, seconds.</summary>
    public double? EstimatedSeconds { get; set; }

    /// <summary>Seconds of print that its quotas were told; null before.</summary>
    public double? Charged { get; set; }

    /// <summary>Estimated length of the filament, millimetres.</summary>
    public double? FilamentMillimetres { get; set; }

    /// <summary>Part of the present step that is done.</summary>
    public double? Progress { get; set; }

    /// <summary>Name of the file on the printer.</summary>
    public string? RemoteName { get; set; }

    /// <summary>The printer's own id of it.</summary>
    public string? RemoteJobId { get; set; }

    /// <summary>Tokens that were made for its downloads and not ended yet, sealed.</summary>
    public List<byte[]> Tokens { get; set; } = [];

    /// <summary>When it was ordered, Unix milliseconds.</summary>
    public long AddedAt { get; set; }

    /// <summary>When its print began.</summary>
    public long? StartedAt { get; set; }

    /// <summary>When somebody ordered to stop.</summary>
    public long? CancelledAt { get; set; }

    /// <summary>When it ended.</summary>
    public long? EndedAt { get; set; }
}
