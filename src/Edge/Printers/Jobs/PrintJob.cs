using System.Collections.Immutable;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.Jobs;

/// <summary>What the edge keeps of a job, whole after each step. No token, and no address that carries one.</summary>
internal sealed record PrintJob
{
    public required string JobId { get; init; }

    public required string ServiceId { get; init; }

    public int Attempt { get; init; } = 1;

    public PrintJobState State { get; init; } = PrintJobState.Fetching;

    /// <summary>The content; null if its address itself authorizes, so that it is in memory only.</summary>
    public string? Uri { get; init; }

    /// <summary>True if the content cannot be had without a token, which is in memory only.</summary>
    public bool NeedsToken { get; init; }

    public string Sha256 { get; init; } = "";

    /// <summary>Profile of the slicer; "" for the printer's own.</summary>
    public string Slicer { get; init; } = "";

    public ImmutableArray<string> Hosts { get; init; } = [];

    public long MaxBytes { get; init; }

    /// <summary>Name of the file on the printer.</summary>
    public required string RemoteName { get; init; }

    /// <summary>Extension of the file, lower case and without its dot; "" if neither order nor address tells.</summary>
    public string FileType { get; init; } = "";

    /// <summary>True once the printer may hold a job that it is to fetch the content of.</summary>
    public bool Delegated { get; init; }

    /// <summary>Orders and commands that were taken.</summary>
    public ImmutableArray<string> Operations { get; init; } = [];

    public string? ETag { get; init; }

    public long? Size { get; init; }

    /// <summary>SHA-256 that the content server states.</summary>
    public string? StatedDigest { get; init; }

    /// <summary>SHA-256 of the file, once it is sliced of that.</summary>
    public string? Digest { get; init; }

    /// <summary>True once there is G-code of a model: it is what goes to the printer.</summary>
    public bool Sliced { get; init; }

    /// <summary>True once a damaged file was fetched again.</summary>
    public bool Refetched { get; init; }

    /// <summary>True once the content server refused a token.</summary>
    public bool TokenAsked { get; init; }

    /// <summary>When the printer was told to start, Unix milliseconds: from here on never again. Set before it is told.</summary>
    public long? StartedAt { get; init; }

    /// <summary>When the job was told to stop.</summary>
    public long? CancelledAt { get; init; }

    /// <summary>An edge had it before, and may have started it without a word to the host.</summary>
    public bool Again { get; init; }

    /// <summary>True for a job that was lost here and made again of what the host knew: its print is looked for at the printer.</summary>
    public bool Recovered { get; init; }

    /// <summary>The last report.</summary>
    public PrintJobReport? Last { get; init; }

    /// <summary>True once the last report is in the outbox.</summary>
    public bool Reported { get; init; } = true;
}
