using System.Runtime.CompilerServices;
using Dwapi.ActorRuntime.Tests.Runtime;
using Orleans.Storage;

namespace Dwapi.ActorRuntime.Tests.Storage;

/// <summary>What the state of grains promises, wherever it is kept.</summary>
public abstract class StorageContract(SharedCluster cluster)
{
    [Fact]
    public async Task State_NeverWritten_IsEmptyAndDoesNotExist()
    {
        var grain = Grain();

        Assert.Equal("empty", await grain.Text());
        Assert.False(await grain.Exists());
        Assert.Null(await grain.Etag());
    }

    [Fact]
    public async Task State_Written_IsThereBeforeTheNextActivation()
    {
        var grain = Grain();
        await grain.Write("kept");

        await grain.End();

        Assert.Equal("kept", await grain.Text());
        Assert.True(await grain.Exists());
    }

    [Fact]
    public async Task State_NotWritten_IsGoneWithTheActivation()
    {
        var grain = Grain();
        await grain.Write("kept");
        await grain.Forget("forgotten");

        await grain.End();

        Assert.Equal("kept", await grain.Text());
    }

    [Fact]
    public async Task States_OfOneGrain_AreSeparate()
    {
        var grain = Grain();
        await grain.Write("one");
        await grain.WriteOther("two");

        await grain.End();

        Assert.Equal("one", await grain.Text());
        Assert.Equal("two", await grain.OtherText());
    }

    [Fact]
    public async Task Etag_OfAWrittenState_ChangesWithEachWrite()
    {
        var grain = Grain();
        await grain.Write("1");
        var first = await grain.Etag();
        await grain.Write("2");

        Assert.NotNull(first);
        Assert.NotEqual(first, await grain.Etag());
    }

    [Fact]
    public async Task Clear_OfAState_RemovesIt()
    {
        var grain = Grain();
        await grain.Write("kept");
        await grain.Clear();
        Assert.False(await grain.Exists());

        await grain.End();

        Assert.Equal("empty", await grain.Text());
        Assert.False(await grain.Exists());
    }

    [Fact]
    public async Task Write_AfterClear_Works()
    {
        var grain = Grain();
        await grain.Write("kept");
        await grain.Clear();

        await grain.Write("again");
        await grain.End();

        Assert.Equal("again", await grain.Text());
    }

    [Fact]
    public async Task InconsistentState_LetOutOfACall_ReachesTheCallerAndEndsTheActivation()
    {
        var grain = cluster.Client.GetGrain<IConflictGrain>(Key("let out"));
        Assert.Equal(1, await grain.Activation());

        var thrown = await Assert.ThrowsAsync<InconsistentStateException>(grain.Write);

        Assert.Equal("theirs", thrown.StoredEtag);
        Assert.Equal("mine", thrown.CurrentEtag);
        Assert.Equal(2, await grain.Activation());
    }

    [Fact]
    public async Task InconsistentState_HandledInTheGrain_DoesNotEndTheActivation()
    {
        var grain = cluster.Client.GetGrain<IConflictGrain>(Key("handled"));

        Assert.Equal("theirs", await grain.WriteCarefully());

        Assert.Equal(1, await grain.Activation());
    }

    [Fact]
    public async Task InconsistentState_OfAnotherGrain_EndsOnlyThatOne()
    {
        var grain = cluster.Client.GetGrain<IConflictGrain>(Key("caller"));
        var other = cluster.Client.GetGrain<IConflictGrain>(Key("callee"));
        await grain.Activation();
        await other.Activation();

        await Assert.ThrowsAsync<InconsistentStateException>(() => grain.WriteThrough(Key("callee")));

        Assert.Equal(1, await grain.Activation());
        Assert.Equal(2, await other.Activation());
    }

    [Fact]
    public async Task GrainOfState_IsReadBeforeTheNextActivation()
    {
        var grain = cluster.Client.GetGrain<IStatefulGrain>(Key("stateful"));
        Assert.Equal("empty", await grain.Text());

        await grain.WriteAndEnd("kept");

        Assert.Equal("kept", await grain.Text());
    }

    private INoteGrain Grain([CallerMemberName] string test = "") => cluster.Client.GetGrain<INoteGrain>(Key(test));

    private string Key(string name) => $"{GetType().Name} {name}";
}
