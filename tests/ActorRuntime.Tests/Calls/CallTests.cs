using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Calls;

public sealed class CallTests(SharedCluster cluster) : IClassFixture<SharedCluster>
{
    [Fact]
    public async Task Call_FirstOfAGrain_ActivatesIt()
    {
        var grain = cluster.Client.GetGrain<ICounterGrain>(nameof(Call_FirstOfAGrain_ActivatesIt));

        Assert.Equal(3, await grain.Add(3));
        Assert.Equal(5, await grain.Add(2));
        Assert.Equal(5, await grain.Get());
    }

    [Fact]
    public async Task Call_OfAnotherKey_ReachesAnotherActivation()
    {
        await cluster.Client.GetGrain<ICounterGrain>("one").Add(1);

        Assert.Equal(0, await cluster.Client.GetGrain<ICounterGrain>("another").Get());
    }

    [Fact]
    public async Task GetPrimaryKeyString_InAGrain_IsTheKeyOfTheReference()
    {
        Assert.Equal("tenant/device:1", await cluster.Client.GetGrain<ICounterGrain>("tenant/device:1").Key());
    }

    [Fact]
    public async Task Call_ThatThrows_GivesTheExceptionToTheCaller()
    {
        var grain = cluster.Client.GetGrain<ICounterGrain>("failing");

        for (var i = 0; i < 2; i++)
        {
            var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => grain.Fail("no"));
            Assert.Equal("no", thrown.Message);
        }
    }
}
