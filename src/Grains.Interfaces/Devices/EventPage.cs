using System.Collections.Immutable;

namespace Dwapi.Grains.Devices;

/// <summary>Events read again after a gap or for a client that resumes.</summary>
/// <param name="Events">In the order of sequences.</param>
/// <param name="Gap">True when events between the asked sequence and the first one here are no longer stored.</param>
/// <param name="Head">The attribute's highest sequence at the time of reading; more pages follow while the last event is below it.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.EventPage")]
public sealed record EventPage(
    [property: Id(0)] ImmutableArray<Measurement> Events,
    [property: Id(1)] bool Gap,
    [property: Id(2)] long Head);
