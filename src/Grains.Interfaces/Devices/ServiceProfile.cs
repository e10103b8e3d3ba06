using System.Collections.Immutable;

namespace Dwapi.Grains.Devices;

/// <summary>A profile that a service offers, with the attributes it implements; an attribute of a three-level profile is <c>interface/attribute</c>.</summary>
/// <param name="Profile">Lower-case name used for comparison, such as health.</param>
/// <param name="Attributes">Attributes in the spelling of their definition, such as thermometer.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.ServiceProfile")]
public sealed record ServiceProfile(
    [property: Id(0)] string Profile,
    [property: Id(1)] ImmutableArray<string> Attributes);
