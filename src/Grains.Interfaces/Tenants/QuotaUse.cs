namespace Dwapi.Grains.Tenants;

/// <summary>What a web node has of a tenant, told when it takes or renews its share of the quotas.</summary>
/// <param name="Node">The node.</param>
/// <param name="Sockets">GotAPI-5 sockets that it wants to be allowed, with those that are open.</param>
/// <param name="Links">Plug-in links that are up; the rate of events is shared by their number.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.QuotaUse")]
public sealed record QuotaUse(
    [property: Id(0)] string Node,
    [property: Id(1)] int Sockets,
    [property: Id(2)] int Links);
