using System.Collections.Immutable;

namespace Dwapi.Grains.Applications;

/// <summary>Asks for a token.</summary>
/// <param name="ApplicationName">Shown to the person who approves; the origin when the application gave none.</param>
/// <param name="Scopes">Lower-case, at least one.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.AccessRequest")]
public sealed record AccessRequest(
    [property: Id(0)] string ApplicationName,
    [property: Id(1)] ImmutableArray<string> Scopes);
