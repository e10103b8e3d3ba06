namespace Dwapi.Grains.Edges;

/// <summary>An edge as the operator sees it.</summary>
/// <param name="EdgeId">The edge.</param>
/// <param name="Name">Display name.</param>
/// <param name="Enrolled">False for an edge that was never added or was removed.</param>
/// <param name="Enabled">False while switched off.</param>
/// <param name="Connected">True while its link is up.</param>
/// <param name="Product">Product of the plug-in, "" before the first link.</param>
/// <param name="Version">Version of the plug-in.</param>
/// <param name="LastSeen">Last sign of life; null before the first.</param>
/// <param name="Lost">Measurements that its disk refused since it started, as it last said; 0 before it has.</param>
/// <param name="Dropped">Continuous values that gave way in its full outbox since it started, likewise.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.EdgeStatus")]
public sealed record EdgeStatus(
    [property: Id(0)] string EdgeId,
    [property: Id(1)] string Name,
    [property: Id(2)] bool Enrolled,
    [property: Id(3)] bool Enabled,
    [property: Id(4)] bool Connected,
    [property: Id(5)] string Product,
    [property: Id(6)] string Version,
    [property: Id(7)] DateTimeOffset? LastSeen,
    [property: Id(8)] long Lost = 0,
    [property: Id(9)] long Dropped = 0);
