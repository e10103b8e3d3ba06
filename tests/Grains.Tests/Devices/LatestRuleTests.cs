using Dwapi.Grains.Devices;
using Dwapi.Tests;

namespace Dwapi.Grains.Tests.Devices;

public sealed class LatestRuleTests
{
    [Theory]
    [MemberData(nameof(LatestRuleTable.Rows), MemberType = typeof(LatestRuleTable))]
    public void Decision12_Replaces_AsInTheTable(
        string about, long latestAt, long latestReceived, string latestEdge, bool stamped, long at, long received, string edge, bool replaces)
    {
        var latest = new Measurement(1, latestAt, latestReceived, Stamped: true, default, default);
        var candidate = new Measurement(2, at, received, stamped, default, default);

        Assert.True(LatestRule.Replaces(latest, latestEdge, candidate, edge) == replaces, about);
    }

    [Fact]
    public void Decision12_Replaces_TheFirstMeasurement_Always()
    {
        Assert.True(LatestRule.Replaces(null, "", new Measurement(1, 0, 0, Stamped: true, default, default), "a"));
    }
}
