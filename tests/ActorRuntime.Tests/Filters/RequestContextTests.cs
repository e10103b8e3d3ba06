using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Filters;

public sealed class RequestContextTests(SharedCluster cluster) : IClassFixture<SharedCluster>
{
    [Fact]
    public async Task Value_OfTheCaller_IsSeenByTheCallee()
    {
        RequestContext.Set("a", "1");

        // The first call finds no activation, the second an idle one.
        for (var i = 0; i < 2; i++)
            Assert.Equal("1", await Grain("seen").Get("a"));
    }

    [Fact]
    public async Task Value_OfTheCaller_GoesOnToFurtherCalls()
    {
        RequestContext.Set("a", "2");

        Assert.Equal("2", await Grain("through").GetThrough("a", "further"));
    }

    [Fact]
    public async Task Value_OfTheCallee_IsNotSeenByTheCaller()
    {
        for (var i = 0; i < 2; i++)
            await Grain("setting").Set("b", "3");

        Assert.Null(RequestContext.Get("b"));
        Assert.Null(await Grain("setting").Get("b"));
    }

    [Fact]
    public async Task Value_Removed_IsGone()
    {
        RequestContext.Set("c", "4");
        RequestContext.Set("d", "5");
        Assert.True(RequestContext.Remove("c"));

        Assert.Null(await Grain("removed").Get("c"));
        Assert.Equal("5", await Grain("removed").Get("d"));
    }

    private IContextGrain Grain(string key) => cluster.Client.GetGrain<IContextGrain>(key);
}
