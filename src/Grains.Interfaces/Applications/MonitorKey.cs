namespace Dwapi.Grains.Applications;

/// <summary>What a monitor watches, within a client (DECISIONS 2).</summary>
/// <param name="ServiceId">The service; "" for serviceDiscovery.</param>
/// <param name="Profile">Profile in its definition's spelling.</param>
/// <param name="Attribute">Attribute in its definition's spelling; <c>interface/attribute</c> for three-level profiles.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.MonitorKey")]
public sealed record MonitorKey(
    [property: Id(0)] string ServiceId,
    [property: Id(1)] string Profile,
    [property: Id(2)] string Attribute);
