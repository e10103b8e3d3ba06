using System.Collections.Immutable;

namespace Dwapi.Gotapi.Frames;

/// <summary>Answer of a plug-in to a request.</summary>
public sealed record ResponseFrame : LinkFrame
{
    /// <summary>Code of the request.</summary>
    public required int RequestCode { get; init; }

    /// <summary>0 for success.</summary>
    public int Result { get; init; }

    /// <summary>Code of the GotAPI error table.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>Words to it.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Answer to createClient.</summary>
    public string? ClientId { get; init; }

    /// <summary>Answer to requestAccessToken.</summary>
    public string? AccessToken { get; init; }

    /// <summary>Answer to discovery.</summary>
    public ImmutableArray<ServiceAnnouncement>? Services { get; init; }

    /// <summary>All other members as one JSON object.</summary>
    public ReadOnlyMemory<byte> Members { get; init; }

    /// <summary>The record without token and values: what a log may show.</summary>
    public override string ToString() => $"RESPONSE {RequestCode} {Result} {ErrorCode}";
}
