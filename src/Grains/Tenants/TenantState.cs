namespace Dwapi.Grains.Tenants;

/// <summary>What a tenant grain keeps.</summary>
[GenerateSerializer, Alias("Dwapi.TenantState")]
internal sealed class TenantState
{
    /// <summary>Ids of its edges, in ordinal order.</summary>
    [Id(0)]
    public List<string> Edges { get; set; } = [];

    /// <summary>Origins that have clients, in ordinal order.</summary>
    [Id(1)]
    public List<string> Applications { get; set; } = [];
}
