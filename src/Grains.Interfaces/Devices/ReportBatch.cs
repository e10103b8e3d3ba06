using System.Collections.Immutable;

namespace Dwapi.Grains.Devices;

/// <summary>All items of one device in one link frame.</summary>
/// <param name="EdgeId">The edge that sent them.</param>
/// <param name="EdgeEpoch">The edge's outbox epoch; with it an edge sequence is unique.</param>
/// <param name="Items">1 to 1,000 items, in the edge's order.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.ReportBatch")]
public sealed record ReportBatch(
    [property: Id(0)] string EdgeId,
    [property: Id(1)] string EdgeEpoch,
    [property: Id(2)] ImmutableArray<ReportItem> Items);
