using System.Collections.Immutable;
using Dwapi.Grains.Devices;

namespace Dwapi.Grains.Edges;

/// <summary>A page of an edge's services.</summary>
/// <param name="Services">Ordered by service id; <see cref="ServiceRegistration.Online"/> includes the state of the link.</param>
/// <param name="More">True when there are services above the last one.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.ServicePage")]
public sealed record ServicePage(
    [property: Id(0)] ImmutableArray<ServiceRegistration> Services,
    [property: Id(1)] bool More);
