using Dwapi.WebApi.PluginLink.Ingest;

namespace Dwapi.WebApi.Tests.PluginLink;

/// <summary>DECISIONS 14: the contiguous prefix, kept in memory.</summary>
public sealed class LinkPositionTests
{
    [Fact]
    public void Value_AtHello_IsTheAcknowledgedPlusTheContiguousCommitted()
    {
        var position = new LinkPosition(10, [11, 12, 14]);

        Assert.Equal(12, position.Value);
        Assert.True(position.Contains(14));
        Assert.False(position.Contains(13));
    }

    [Fact]
    public void Add_TheMissingOne_MovesOverWhatWasDoneAhead()
    {
        var position = new LinkPosition(0, [2, 3, 5]);

        Assert.True(position.Add(1));
        Assert.Equal(3, position.Value);
        Assert.False(position.Add(3));
        Assert.True(position.Add(4));
        Assert.Equal(5, position.Value);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Add_AnyOrderOverManyPages_EndsAtTheLast(int seed)
    {
        const int count = 20_000;
        var order = Enumerable.Range(1, count).Select(i => 4_000L + i).ToArray();
        new Random(seed).Shuffle(order);
        var position = new LinkPosition(4_000, []);
        var done = new HashSet<long>();
        var prefix = 4_000L;

        foreach (var sequence in order)
        {
            position.Add(sequence);
            done.Add(sequence);
            while (done.Contains(prefix + 1))
            {
                prefix++;
            }

            Assert.Equal(prefix, position.Value);
        }

        Assert.Equal(4_000 + count, position.Value);
        Assert.True(position.Contains(4_000 + count));
        Assert.False(position.Contains(4_001 + count));
    }
}
