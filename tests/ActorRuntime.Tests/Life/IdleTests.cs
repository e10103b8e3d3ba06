using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Life;

public sealed class IdleTests
{
    [Fact]
    public async Task Idleness_ForTheCollectionAge_EndsTheActivationUnlessItIsKept()
    {
        var settings = new ClusterSettings { CollectionAge = TimeSpan.FromSeconds(2), CollectionQuantum = TimeSpan.FromSeconds(1) };
        await using var cluster = await ActorCluster.StartAsync(settings, TestSilo.Configure);
        var kept = cluster.Client.GetGrain<IKeptGrain>("kept");
        var delayed = cluster.Client.GetGrain<ILifeGrain>("delayed");
        var idle = cluster.Client.GetGrain<ILifeGrain>("idle");
        await kept.Number();
        await delayed.Delay(TimeSpan.FromMinutes(5));
        await idle.Number();

        await Signal.Wait("idle/deactivated 1");

        Assert.Equal(2, await idle.Number());
        Assert.Equal(["activate 1", "deactivate 1 ActivationIdle", "activate 2"], Journal.Of("idle")[..3]);
        Assert.Equal(1, await kept.Number());
        Assert.Equal(1, await delayed.Number());
    }

    [Fact]
    public async Task Stop_OfTheProcess_DeactivatesAllGrains()
    {
        var cluster = await ActorCluster.StartAsync(new ClusterSettings(), TestSilo.Configure);
        await cluster.Client.GetGrain<ILifeGrain>("stopped").Number();

        await cluster.DisposeAsync();

        Assert.Equal(["activate 1", "deactivate 1 ShuttingDown"], Journal.Of("stopped"));
    }
}
