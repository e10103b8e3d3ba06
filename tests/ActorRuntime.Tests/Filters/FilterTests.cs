using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Filters;

public sealed class FilterTests(FilterCluster cluster) : IClassFixture<FilterCluster>
{
    [Fact]
    public async Task Filters_OfHostAndGrain_StandBeforeTheMethodInThisOrder()
    {
        await cluster.Client.GetGrain<IFilteredGrain>("order").Touch();

        Assert.Equal(["silo before Touch", "own before", "touch", "own after", "silo after Touch of FilteredGrain"], Journal.Of("order"));
    }

    [Fact]
    public async Task Filter_ThatSetsTheResult_ChangesIt()
    {
        Assert.Equal(2, await cluster.Client.GetGrain<IFilteredGrain>("result").Number());
    }

    [Fact]
    public async Task Filter_ThatThrows_RefusesTheCall()
    {
        RequestContext.Set("refuse", true);

        await Assert.ThrowsAsync<UnauthorizedAccessException>(cluster.Client.GetGrain<IFilteredGrain>("refused").Touch);

        Assert.DoesNotContain("touch", Journal.Of("refused"));
    }

    [Fact]
    public async Task Exception_OfTheMethod_PassesTheFilters()
    {
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(cluster.Client.GetGrain<IFilteredGrain>("failing").Fail);

        Assert.Equal("As said.", thrown.Message);
    }
}
