using System.Runtime.CompilerServices;
using Dwapi.ActorRuntime.Tests.Calls;
using Dwapi.ActorRuntime.Tests.Observers;
using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Embedded;

/// <summary>What the embedded runtime promises beyond Orleans.</summary>
public sealed class InlineCallTests(SharedCluster cluster) : IClassFixture<SharedCluster>
{
    [Fact]
    public async Task Call_OfAnIdleActivation_HasCompletedWhenItReturns()
    {
        var grain = cluster.Client.GetGrain<ICounterGrain>("inline");
        await grain.Add(1);
        await IsIdle(grain);

        var call = grain.Add(1);

        Assert.True(call.IsCompletedSuccessfully);
        Assert.Equal(2, await call);
    }

    [Fact]
    public async Task Call_ThatCompletesInItsTurn_AllocatesNothing()
    {
        var grain = cluster.Client.GetGrain<ICounterGrain>("allocations");
        for (var i = 0; i < 100; i++)
            await grain.Get();
        await IsIdle(grain);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            await grain.Get();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task Argument_OfACall_IsNotCopied()
    {
        string[] third = ["same"];
        var grain = cluster.Client.GetGrain<IEchoGrain>("echo");

        Assert.Same(third, await grain.Echo(third));
    }

    [Fact]
    public async Task Observer_Deleted_FailsAtOnce()
    {
        var observer = new TestObserver("deleted");
        var reference = cluster.Client.CreateObjectReference<ITestObserver>(observer);
        cluster.Client.DeleteObjectReference<ITestObserver>(reference);

        await Assert.ThrowsAsync<ClientNotAvailableException>(() => reference.Ask("x"));
        GC.KeepAlive(observer);
    }

    [Fact]
    public async Task Observer_ThatNobodyHolds_FailsAtOnce()
    {
        var reference = ObserveWithoutHolding();
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        await Assert.ThrowsAsync<ClientNotAvailableException>(() => reference.Ask("x"));
    }

    // The answer of a call that waited comes a moment before its turn is over.
    private static async Task IsIdle(ICounterGrain grain)
    {
        var begun = TimeProvider.System.GetTimestamp();
        for (var call = grain.Add(0); !call.IsCompleted; call = grain.Add(0))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(20), "still busy");
            await call;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ITestObserver ObserveWithoutHolding() => cluster.Client.CreateObjectReference<ITestObserver>(new TestObserver("lost"));
}
