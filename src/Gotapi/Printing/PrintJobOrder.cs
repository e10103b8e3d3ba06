using System.Collections.Immutable;
using System.Globalization;

namespace Dwapi.Gotapi.Printing;

/// <summary>An order of the host to an edge: run a job from fetching on. Travels as text parameters of a request.</summary>
public sealed record PrintJobOrder
{
    /// <summary>Names the order: a repeated one does nothing again.</summary>
    public required string OperationId { get; init; }

    /// <summary>The job.</summary>
    public required string JobId { get; init; }

    /// <summary>Number of the try, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The content.</summary>
    public required string Uri { get; init; }

    /// <summary>Name of the file, "" to take it from the URI.</summary>
    public string FileName { get; init; } = "";

    /// <summary>SHA-256 that the file must have, hex; "" for none.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Profile of the slicer, "" for the printer's own.</summary>
    public string Slicer { get; init; } = "";

    /// <summary>Token for this download, "" for none. Never logged.</summary>
    public string SecureToken { get; init; } = "";

    /// <summary>True if <see cref="Uri"/> itself carries what authorizes: no header is sent.</summary>
    public bool TokenInUrl { get; init; }

    /// <summary>Hosts, <c>name:port</c>, that may be asked although their addresses are private ones.</summary>
    public ImmutableArray<string> Hosts { get; init; } = [];

    /// <summary>Largest file, bytes; 0 for the edge's own limit.</summary>
    public long MaxBytes { get; init; }

    /// <summary>What the host knows of the job already.</summary>
    public PrintJobTrace Trace { get; init; } = PrintJobTrace.None;

    /// <summary>As parameters of a request.</summary>
    public ImmutableDictionary<string, string> ToParameters() => ImmutableDictionary.CreateRange<string, string>(
    [
        new("operationId", OperationId),
        new("jobId", JobId),
        new("attempt", Attempt.ToString(CultureInfo.InvariantCulture)),
        new("uri", Uri),
        new("fileName", FileName),
        new("sha256", Sha256),
        new("slicer", Slicer),
        new("secureToken", SecureToken),
        new("tokenInUrl", TokenInUrl ? "true" : "false"),
        new("hosts", string.Join(',', Hosts)),
        new("maxBytes", MaxBytes.ToString(CultureInfo.InvariantCulture)),
        .. Trace.ToParameters(),
    ]);

    /// <summary>Reads the parameters of a request; null when a mandatory one is missing or a number is none.</summary>
    public static PrintJobOrder? FromParameters(IReadOnlyDictionary<string, string> parameters)
    {
        string Text(string name) => parameters.GetValueOrDefault(name, "");

        if (Text("operationId").Length == 0 || Text("jobId").Length == 0 || Text("uri").Length == 0
            || !int.TryParse(parameters.GetValueOrDefault("attempt", "1"), NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
            || !long.TryParse(parameters.GetValueOrDefault("maxBytes", "0"), NumberStyles.None, CultureInfo.InvariantCulture, out var maxBytes)
            || PrintJobTrace.FromParameters(parameters) is not { } trace)
        {
            return null;
        }

        return new PrintJobOrder
        {
            OperationId = Text("operationId"),
            JobId = Text("jobId"),
            Attempt = attempt,
            Uri = Text("uri"),
            FileName = Text("fileName"),
            Sha256 = Text("sha256"),
            Slicer = Text("slicer"),
            SecureToken = Text("secureToken"),
            TokenInUrl = Text("tokenInUrl") == "true",
            Hosts = [.. Text("hosts").Split(',', StringSplitOptions.RemoveEmptyEntries)],
            MaxBytes = maxBytes,
            Trace = trace,
        };
    }

    /// <summary>The order without token and address: what a log may show.</summary>
    public override string ToString() => $"{JobId} {Attempt} {OperationId}";
}
