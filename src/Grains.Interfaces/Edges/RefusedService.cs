namespace Dwapi.Grains.Edges;

/// <summary>A service of an announcement that was not taken.</summary>
/// <param name="ServiceId">Which.</param>
/// <param name="ErrorCode">17 above the tenant's quota, 11 for a printer that another connected edge has.</param>
/// <param name="Reason">Why, and what to do.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.RefusedService")]
public sealed record RefusedService(
    [property: Id(0)] string ServiceId,
    [property: Id(1)] int ErrorCode,
    [property: Id(2)] string Reason);
