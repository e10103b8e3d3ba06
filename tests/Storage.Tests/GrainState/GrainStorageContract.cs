using Dwapi.Storage.GrainState;
using Orleans.Storage;

namespace Dwapi.Storage.Tests.GrainState;

/// <summary>What grain storage does, whatever it is made of.</summary>
public abstract class GrainStorageContract
{
    private static readonly GrainId Grain = GrainId.Create("session", "clinic/abc");

    private protected abstract IStateTable Table { get; }

    private JsonGrainStorage Storage => new(Table);

    [Fact]
    public async Task Read_NothingStored_IsEmptyWithoutETag()
    {
        var state = new Orleans.GrainState<Sample>(null, "x") { RecordExists = true };

        await Storage.ReadStateAsync("s", Grain, state);

        Assert.Equal(("", null, false), (state.State!.Name, state.ETag, state.RecordExists));
    }

    [Fact]
    public async Task Write_ThenRead_GivesTheSame()
    {
        var written = new Orleans.GrainState<Sample>(new Sample
        {
            Name = "ä",
            At = DateTimeOffset.UnixEpoch,
            Bytes = new byte[] { 1, 2 },
            Parts = { ["p"] = new Sample.Part(DayOfWeek.Friday, ["weight"]) },
        });
        await Storage.WriteStateAsync("s", Grain, written);

        var read = await Read();

        Assert.Equal(("ä", DateTimeOffset.UnixEpoch), (read.State!.Name, read.State.At));
        Assert.Equal([1, 2], read.State.Bytes.ToArray());
        Assert.Equal(DayOfWeek.Friday, read.State.Parts["p"].Day);
        Assert.Equal(["weight"], read.State.Parts["p"].Scopes);
        Assert.Equal(written.ETag, read.ETag);
        Assert.True(read.RecordExists && written.RecordExists);
    }

    [Fact]
    public async Task Write_Again_ChangesTheETag()
    {
        var state = new Orleans.GrainState<Sample>(new Sample { Name = "1" });
        await Storage.WriteStateAsync("s", Grain, state);
        var first = state.ETag;
        state.State!.Name = "2";
        await Storage.WriteStateAsync("s", Grain, state);

        Assert.NotEqual(first, state.ETag);
        Assert.Equal("2", (await Read()).State!.Name);
    }

    [Fact]
    public async Task Write_ByAnOlderActivation_IsInconsistent()
    {
        await Storage.WriteStateAsync("s", Grain, new Orleans.GrainState<Sample>(new Sample { Name = "0" }));
        var (first, second) = (await Read(), await Read());
        await Storage.WriteStateAsync("s", Grain, first);

        var thrown = await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("s", Grain, second));

        Assert.Equal((first.ETag, second.ETag), (thrown.StoredEtag, thrown.CurrentEtag));
    }

    [Fact]
    public async Task Write_NewOverExisting_IsInconsistent()
    {
        await Storage.WriteStateAsync("s", Grain, new Orleans.GrainState<Sample>(new Sample()));

        await Assert.ThrowsAsync<InconsistentStateException>(() =>
            Storage.WriteStateAsync("s", Grain, new Orleans.GrainState<Sample>(new Sample())));
    }

    [Fact]
    public async Task Clear_ThenWriteAnew_DoesNotLetAnOlderActivationWrite()
    {
        var state = new Orleans.GrainState<Sample>(new Sample { Name = "0" });
        await Storage.WriteStateAsync("s", Grain, state);
        var old = await Read();

        await Storage.ClearStateAsync("s", Grain, state);

        Assert.Equal((null, false, ""), (state.ETag, state.RecordExists, state.State!.Name));
        Assert.False((await Read()).RecordExists);
        await Storage.WriteStateAsync("s", Grain, state);
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("s", Grain, old));
    }

    [Fact]
    public async Task Clear_ByAnOlderActivation_IsInconsistent()
    {
        var state = new Orleans.GrainState<Sample>(new Sample());
        await Storage.WriteStateAsync("s", Grain, state);
        var old = await Read();
        await Storage.WriteStateAsync("s", Grain, state);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.ClearStateAsync("s", Grain, old));
    }

    [Fact]
    public async Task States_OfOtherNamesAndGrains_AreApart()
    {
        await Storage.WriteStateAsync("s", Grain, new Orleans.GrainState<Sample>(new Sample { Name = "mine" }));

        Assert.False((await Read("other")).RecordExists);
        Assert.False((await Read(grain: GrainId.Create("session", "clinic/abcd"))).RecordExists);
    }

    private async Task<Orleans.GrainState<Sample>> Read(string name = "s", GrainId? grain = null)
    {
        var state = new Orleans.GrainState<Sample>();
        await Storage.ReadStateAsync(name, grain ?? Grain, state);
        return state;
    }
}
