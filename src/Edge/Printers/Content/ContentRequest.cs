namespace Dwapi.Edge.Printers.Content;

/// <summary>What is to be fetched from a content server.</summary>
internal sealed record ContentRequest
{
    /// <summary>The content. May itself carry what authorizes, so it is in no log.</summary>
    public required Uri Uri { get; init; }

    /// <summary>Token for the Authorization header; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>Service of the printer that the content is for: our own content server binds tokens to it.</summary>
    public string Printer { get; init; } = "";

    /// <summary>Hosts, <c>name:port</c>, that may be asked although their addresses are private ones, and without TLS.</summary>
    public IReadOnlyCollection<string> Hosts { get; init; } = [];

    /// <summary>Where the bytes go; what is there already is gone on from.</summary>
    public required string Path { get; init; }

    /// <summary>Strong entity tag of what is there already; null for none.</summary>
    public string? ETag { get; init; }

    /// <summary>Largest file, bytes.</summary>
    public required long MaxBytes { get; init; }

    /// <summary>The request without address and token.</summary>
    public override string ToString() => Path;
}
