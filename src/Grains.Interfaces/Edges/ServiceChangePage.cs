using System.Collections.Immutable;

namespace Dwapi.Grains.Edges;

/// <summary>
/// Changes of a tenant's services in their order, numbered without holes: the first is <paramref name="After"/> + 1. Published on the
/// tenant's service stream, and the answer to a node that reads what it missed.
/// </summary>
/// <param name="Epoch">The run of numbers they belong to; another one begins when the grain that counts was lost with its silo.</param>
/// <param name="After">The number before the first.</param>
/// <param name="Changes">The changes; none when there is nothing above <paramref name="After"/>, or with a gap.</param>
/// <param name="Gap">True when what was asked for is not kept any more; <paramref name="After"/> is the present head then.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.ServiceChangePage")]
public sealed record ServiceChangePage(
    [property: Id(0)] string Epoch,
    [property: Id(1)] long After,
    [property: Id(2)] ImmutableArray<ServiceChange> Changes,
    [property: Id(3)] bool Gap);
