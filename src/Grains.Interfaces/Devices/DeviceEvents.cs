using System.Collections.Immutable;

namespace Dwapi.Grains.Devices;

/// <summary>Events of one attribute, published on the device's stream while a web node holds a lease.</summary>
/// <param name="Attribute">The attribute.</param>
/// <param name="Measurements">In the order of sequences. An intermediate one carries the sequence of the last stored record.</param>
/// <param name="Intermediate">True for an unstable value while measuring: shown, never stored.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.DeviceEvents")]
public sealed record DeviceEvents(
    [property: Id(0)] string Attribute,
    [property: Id(1)] ImmutableArray<Measurement> Measurements,
    [property: Id(2)] bool Intermediate);
