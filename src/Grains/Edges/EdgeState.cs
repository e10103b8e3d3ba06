namespace Dwapi.Grains.Edges;

/// <summary>What an edge grain keeps.</summary>
[GenerateSerializer, Alias("Dwapi.EdgeState")]
internal sealed class EdgeState
{
    /// <summary>Display name.</summary>
    [Id(0)]
    public string Name { get; set; } = "";

    /// <summary>SHA-256 of the key; empty for an edge that is not enrolled.</summary>
    [Id(1)]
    public byte[] KeyHash { get; set; } = [];

    /// <summary>False while switched off by an operator.</summary>
    [Id(2)]
    public bool Enabled { get; set; } = true;

    /// <summary>Product of the plug-in.</summary>
    [Id(3)]
    public string Product { get; set; } = "";

    /// <summary>Version of the plug-in.</summary>
    [Id(4)]
    public string Version { get; set; } = "";

    /// <summary>Last sign of life before the link went down.</summary>
    [Id(5)]
    public DateTimeOffset? LastSeen { get; set; }
}
