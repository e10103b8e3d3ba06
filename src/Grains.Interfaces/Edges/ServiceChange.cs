using Dwapi.Grains.Devices;

namespace Dwapi.Grains.Edges;

/// <summary>A service appeared, changed or went.</summary>
/// <param name="Service">The service, <see cref="ServiceRegistration.Online"/> including the state of the link.</param>
/// <param name="Present">False when it was removed.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.ServiceChange")]
public sealed record ServiceChange(
    [property: Id(0)] ServiceRegistration Service,
    [property: Id(1)] bool Present);
