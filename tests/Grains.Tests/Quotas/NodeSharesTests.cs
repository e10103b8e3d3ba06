using Dwapi.Grains.Quotas;
using Dwapi.Grains.Settings;
using Dwapi.Grains.Tenants;
using Dwapi.Grains.Tests.Runtime;

namespace Dwapi.Grains.Tests.Quotas;

/// <summary>How web nodes share a tenant's quotas.</summary>
public sealed class NodeSharesTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void Sockets_OfAllNodes_NeverExceedTheQuota()
    {
        var shares = Shares(sockets: 10);

        Assert.Equal(6, shares.Take(new QuotaUse("a", 6, 0)).Sockets);
        Assert.Equal(4, shares.Take(new QuotaUse("b", 6, 0)).Sockets);
        Assert.Equal(0, shares.Take(new QuotaUse("c", 1, 0)).Sockets);
        Assert.Equal(6, shares.Take(new QuotaUse("a", 9, 0)).Sockets);
    }

    [Fact]
    public void Sockets_GivenBack_GoToWhoeverAsksNext()
    {
        var shares = Shares(sockets: 10);
        shares.Take(new QuotaUse("a", 10, 0));
        shares.Take(new QuotaUse("a", 3, 0));

        Assert.Equal(7, shares.Take(new QuotaUse("b", 8, 0)).Sockets);
    }

    [Fact]
    public void Node_SilentForThirtySeconds_LosesItsShare()
    {
        var shares = Shares(sockets: 10, events: 100);
        shares.Take(new QuotaUse("a", 10, 5));
        _clock.Advance(NodeShares.Lapse);
        Assert.Equal(0, shares.Take(new QuotaUse("b", 5, 0)).Sockets);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(new QuotaShare(5, 100), shares.Take(new QuotaUse("b", 5, 1)));
    }

    [Fact]
    public void Events_AreSharedByLinks()
    {
        var shares = Shares(events: 100);
        Assert.Equal(100, shares.Take(new QuotaUse("a", 0, 3)).EventsPerSecond);
        Assert.Equal(25, shares.Take(new QuotaUse("b", 0, 1)).EventsPerSecond);
        Assert.Equal(75, shares.Take(new QuotaUse("a", 0, 3)).EventsPerSecond);
        Assert.Equal(0, shares.Take(new QuotaUse("a", 0, 0)).EventsPerSecond);
        Assert.Equal(100, shares.Take(new QuotaUse("b", 0, 1)).EventsPerSecond);
    }

    private NodeShares Shares(int? sockets = null, int? events = null) =>
        new(new TenantQuotas { Sockets = sockets, EventsPerSecond = events }, _clock);
}
