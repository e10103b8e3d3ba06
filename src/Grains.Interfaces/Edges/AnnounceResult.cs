using System.Collections.Immutable;

namespace Dwapi.Grains.Edges;

/// <summary>What became of an announcement.</summary>
/// <param name="Refused">Services that were not taken.</param>
/// <param name="Reason">Why, and what to do; "" when all were taken.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.AnnounceResult")]
public sealed record AnnounceResult(
    [property: Id(0)] ImmutableArray<string> Refused,
    [property: Id(1)] string Reason);
