using System.Runtime.CompilerServices;
using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.Life;

public sealed class LifeTests(SharedCluster cluster) : IClassFixture<SharedCluster>
{
    [Fact]
    public async Task Activation_OnTheFirstCalls_HappensOnceAndBeforeThem()
    {
        var (grain, key) = Grain();

        var numbers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(grain.Number)));

        Assert.All(numbers, n => Assert.Equal(1, n));
        Assert.Equal(["activate 1"], Journal.Of(key));
    }

    [Fact]
    public async Task OnActivateAsync_ThatFails_RejectsTheCallAndTheNextOneActivatesAnew()
    {
        var grain = cluster.Client.GetGrain<ILifeGrain>("fails first");

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(grain.Number);

        Assert.Equal("Not this time.", thrown.Message);
        Assert.Equal(2, await grain.Number());
        Assert.Equal(["activate 1", "activate 2"], Journal.Of("fails first"));
    }

    [Fact]
    public async Task Constructor_ThatFails_RejectsTheCall()
    {
        var grain = cluster.Client.GetGrain<IBrokenGrain>("x");

        for (var i = 0; i < 2; i++)
            await Assert.ThrowsAnyAsync<Exception>(grain.Call);
    }

    [Fact]
    public async Task DeactivateOnIdle_ThenACall_GoesToANewActivationAfterTheOldOneHasEnded()
    {
        var (grain, key) = Grain();
        Assert.Equal(1, await grain.Number());

        await grain.End();

        Assert.Equal(2, await grain.Number());
        Assert.Equal(["activate 1", "deactivate 1 ApplicationRequested", "activate 2"], Journal.Of(key));
    }

    [Fact]
    public async Task DeactivateOnIdle_InACallThatStillWaits_LetsItEnd()
    {
        var (grain, key) = Grain();
        var held = grain.EndAndHold();
        await Signal.Wait(key + "/held");

        var next = grain.Number();
        Signal.Set(key + "/release");

        Assert.Equal(1, await held);
        Assert.Equal(2, await next);
        Assert.Equal(["activate 1", "deactivate 1 ApplicationRequested", "activate 2"], Journal.Of(key));
    }

    [Fact]
    public async Task DeactivateOnIdle_UnderManyCalls_NeverHasTwoActivationsAtOnce()
    {
        var (grain, key) = Grain();

        var answered = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => Answered(i % 10 == 0 ? grain.End() : grain.Number()))));

        Assert.Contains(true, answered);
        Assert.DoesNotContain("two at once", Journal.Of(key));
    }

    // A call that meets one ending activation after the other may be refused: Orleans passes it on no more than twice.
    private static async Task<bool> Answered(Task call)
    {
        try
        {
            await call;
            return true;
        }
        catch (OrleansException)
        {
            return false;
        }
    }

    private (ILifeGrain Grain, string Key) Grain([CallerMemberName] string key = "") => (cluster.Client.GetGrain<ILifeGrain>(key), key);
}
