using System.Collections.Immutable;

namespace Dwapi.Grains.Devices;

/// <summary>A page of stored measurements.</summary>
/// <param name="Measurements">In the order asked for.</param>
/// <param name="NextCursor">"" when this was the last page.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.HistoryPage")]
public sealed record HistoryPage(
    [property: Id(0)] ImmutableArray<Measurement> Measurements,
    [property: Id(1)] string NextCursor);
