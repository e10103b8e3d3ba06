namespace Dwapi.Grains.Devices;

/// <summary>The highest sequence of an attribute.</summary>
/// <param name="Attribute">The attribute.</param>
/// <param name="Sequence">Its highest sequence.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.AttributeHead")]
public sealed record AttributeHead([property: Id(0)] string Attribute, [property: Id(1)] long Sequence);
