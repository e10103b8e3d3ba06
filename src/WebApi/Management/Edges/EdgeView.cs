using Dwapi.Grains.Edges;

namespace Dwapi.WebApi.Management.Edges;

/// <summary>An edge, that is a plug-in host with a link to this server.</summary>
/// <param name="EdgeId">The edge.</param>
/// <param name="Name">Display name.</param>
/// <param name="Enabled">False while switched off: calls to it end with error 21.</param>
/// <param name="Connected">True while its link is up.</param>
/// <param name="Product">Product of the plug-in, "" before the first link.</param>
/// <param name="Version">Version of the plug-in, "" before the first link.</param>
/// <param name="LastSeen">Last sign of life; null before the first.</param>
/// <param name="Lost">Measurements that its disk refused since it started; nobody has them.</param>
/// <param name="Dropped">Continuous values that gave way in its full outbox since it started.</param>
public sealed record EdgeView(
    string EdgeId, string Name, bool Enabled, bool Connected, string Product, string Version, DateTimeOffset? LastSeen, long Lost, long Dropped)
{
    internal static EdgeView Of(EdgeStatus status) =>
        new(status.EdgeId, status.Name, status.Enabled, status.Connected, status.Product, status.Version, status.LastSeen, status.Lost, status.Dropped);
}
