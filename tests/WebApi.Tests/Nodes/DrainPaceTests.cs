using Dwapi.WebApi.Draining;

namespace Dwapi.WebApi.Tests.Nodes;

/// <summary>How fast a node that stops closes its connections.</summary>
public sealed class DrainPaceTests
{
    [Theory]
    [InlineData(1, 200, 12, 50)]
    [InlineData(1_000, 200, 12, 50)]
    [InlineData(1_000, 3, 300, 1)]
    [InlineData(20_000, 200, 10, 500)] // 40 waves have to do.
    [InlineData(1_000, 200, 0, 1_000)] // No time is left.
    public void Of_Connections_KeepsTheRateUnlessTheTimeIsTooShort(int connections, int perSecond, int within, int wave) =>
        Assert.Equal(wave, DrainPace.Of(connections, perSecond, TimeSpan.FromSeconds(within)).Wave);

    [Fact]
    public void Next_OfManyWaves_VariesAroundAQuarterOfASecond()
    {
        var waits = Enumerable.Range(0, 1_000).Select(_ => DrainPace.Next()).ToList();

        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.FromMilliseconds(125), TimeSpan.FromMilliseconds(375)));
        Assert.True(waits.Distinct().Count() > 100);
    }
}
