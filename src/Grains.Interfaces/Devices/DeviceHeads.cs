using System.Collections.Immutable;

namespace Dwapi.Grains.Devices;

/// <summary>The heads of a device's attributes.</summary>
/// <param name="Epoch">Epoch of the store.</param>
/// <param name="Heads">One per attribute that has a measurement.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.DeviceHeads")]
public sealed record DeviceHeads(
    [property: Id(0)] string Epoch,
    [property: Id(1)] ImmutableArray<AttributeHead> Heads);
