using Dwapi.Grains.Settings;
using Dwapi.Grains.Tenants;

namespace Dwapi.Grains.Quotas;

/// <summary>
/// How a tenant's quotas are shared by web nodes. Sockets are given in slices: what one node has no other gets. The rate of events is
/// shared by links; a node keeps its old share until its next renewal (5 s), so that for so long two nodes can have a part of the rate.
/// </summary>
internal sealed class NodeShares(TenantQuotas quotas, TimeProvider time)
{
    /// <summary>A node that was silent for so long is gone.</summary>
    public static readonly TimeSpan Lapse = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, (int Sockets, int Links, long Renewed)> _nodes = new(StringComparer.Ordinal);

    /// <summary>Takes or renews a node's share.</summary>
    public QuotaShare Take(QuotaUse use)
    {
        foreach (var (node, share) in _nodes)
        {
            if (time.GetElapsedTime(share.Renewed) > Lapse)
                _nodes.Remove(node);
        }

        _nodes.Remove(use.Node);
        var sockets = quotas.Sockets is { } limit ? Math.Clamp(limit - _nodes.Values.Sum(node => node.Sockets), 0, use.Sockets) : use.Sockets;
        var links = _nodes.Values.Sum(node => node.Links) + use.Links;
        if (use.Sockets > 0 || use.Links > 0)
            _nodes[use.Node] = (sockets, use.Links, time.GetTimestamp());
        return new QuotaShare(sockets, quotas.EventsPerSecond is { } rate && links > 0 ? (double)rate * use.Links / links : 0);
    }
}
