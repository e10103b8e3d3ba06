using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Turns;

public sealed class CallChainTests(SharedCluster cluster) : IClassFixture<SharedCluster>
{
    [Fact]
    public async Task Decision20_CallBackIntoItsOwnChain_WaitsUntilTheTimeout()
    {
        var grain = cluster.Client.GetGrain<IChainGrain>("cycle");

        Assert.Equal("timeout", await grain.CallAndComeBack("cycle-other"));
        Assert.Equal("answer", await grain.Answer());
    }

    [Fact]
    public async Task AllowCallChainReentrancy_LetsTheCallBackIn()
    {
        var grain = cluster.Client.GetGrain<IChainGrain>("open cycle");

        Assert.Equal("answer", await grain.CallAndLetBackIn("open cycle-other"));
    }

    [Fact]
    public async Task AllowCallChainReentrancy_AfterItsScope_IsOver()
    {
        var grain = cluster.Client.GetGrain<IChainGrain>("once open");
        await grain.CallAndLetBackIn("once open-other");

        Assert.Equal("timeout", await grain.CallAndComeBack("once open-other"));
    }

    [Fact]
    public async Task Call_ThroughAThousandGrains_ComesBack()
    {
        var grain = cluster.Client.GetGrain<IDeepGrain>(1000);

        // The first time every grain is activated, the second time every call finds an idle one.
        for (var i = 0; i < 2; i++)
            Assert.Equal(1000, await grain.Depth());
    }
}
