using System.Collections.Immutable;

namespace Dwapi.Grains.Edges;

/// <summary>Answer to an edge's hello.</summary>
/// <param name="ErrorCode">0; 15 unknown edge or wrong key; 21 switched off.</param>
/// <param name="Committed">Durable positions above the acknowledged one, ascending.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.ConnectResult")]
public sealed record ConnectResult(
    [property: Id(0)] int ErrorCode,
    [property: Id(1)] ImmutableArray<long> Committed);
