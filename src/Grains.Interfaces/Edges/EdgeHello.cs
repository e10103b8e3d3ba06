namespace Dwapi.Grains.Edges;

/// <summary>What an edge says in its first frame.</summary>
/// <param name="KeyHash">SHA-256 of the key's UTF-8 text.</param>
/// <param name="Epoch">Epoch of its outbox.</param>
/// <param name="Acknowledged">The last position it holds as acknowledged.</param>
/// <param name="Name">Display name.</param>
/// <param name="Product">Product name of the plug-in.</param>
/// <param name="Version">Version of the plug-in.</param>
/// <param name="Approval">How it approves applications.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.EdgeHello")]
public sealed record EdgeHello(
    [property: Id(0)] ReadOnlyMemory<byte> KeyHash,
    [property: Id(1)] string Epoch,
    [property: Id(2)] long Acknowledged,
    [property: Id(3)] string Name,
    [property: Id(4)] string Product,
    [property: Id(5)] string Version,
    [property: Id(6)] Devices.PluginApproval Approval);
