namespace Dwapi.Grains.Tenants;

/// <summary>A web node's share of a tenant's quotas; it lapses 30 s after the last renewal.</summary>
/// <param name="Sockets">GotAPI-5 sockets that may be open.</param>
/// <param name="EventsPerSecond">Measurements per second.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.QuotaShare")]
public sealed record QuotaShare(
    [property: Id(0)] int Sockets,
    [property: Id(1)] double EventsPerSecond);
