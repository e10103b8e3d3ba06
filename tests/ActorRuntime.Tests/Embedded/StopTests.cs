using Dwapi.ActorRuntime.Tests.Calls;
using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Embedded;

public sealed class StopTests
{
    [Fact]
    public async Task Stop_WhileACancellableCallWaits_CancelsIt()
    {
        var cluster = await ActorCluster.StartAsync(new ClusterSettings(), TestSilo.Configure);
        var call = cluster.Client.GetGrain<ICallGrain>("stop").HoldUntilCancelled(default);
        await Signal.Wait("stop/held");

        await cluster.DisposeAsync();

        Assert.True(Signal.IsSet("stop/cancelled"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }
}
