using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Dwapi.Gotapi.Printing;

/// <summary>An entry of <c>contentserver</c>.</summary>
public sealed record ContentServerEntry : IJsonOnDeserialized
{
    /// <summary>Name for people; the text's spelling.</summary>
    public required string Servicename { get; init; }

    /// <summary>Address.</summary>
    public required string Url { get; init; }

    /// <summary>The application's token for listing and choosing; "" when none is needed.</summary>
    public required string SecureToken { get; init; }

    /// <summary>Its id here.</summary>
    public required string ContentServerId { get; init; }

    /// <summary>When the token ends, Unix milliseconds.</summary>
    public long? ExpiresAt { get; init; }

    /// <summary>How the token is sent.</summary>
    public string TokenType { get; init; } = "Bearer";

    /// <summary>What the token is good for.</summary>
    public string Scope { get; init; } = "model:list";

    /// <summary>Whether a person has to log in first.</summary>
    public bool LoginRequired { get; init; }

    /// <summary>Media types that it has.</summary>
    public ImmutableArray<string> FileTypes { get; init; } = [];

    void IJsonOnDeserialized.OnDeserialized() => PrintingJson.CheckElements(FileTypes);

    /// <summary>The record without its token: what a log may show.</summary>
    public override string ToString() => $"{ContentServerId} {Url}";
}
