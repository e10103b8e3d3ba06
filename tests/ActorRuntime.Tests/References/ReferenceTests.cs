using Dwapi.ActorRuntime.Tests.Runtime;

namespace Dwapi.ActorRuntime.Tests.References;

public sealed class ReferenceTests(SharedCluster cluster) : IClassFixture<SharedCluster>
{
    [Fact]
    public async Task Key_OfAGuid_IsTheGrainsKey()
    {
        var key = Guid.NewGuid();

        Assert.Equal(key, await cluster.Client.GetGrain<IGuidKeyGrain>(key).Key());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public async Task Key_OfANumber_IsTheGrainsKey(long key)
    {
        Assert.Equal(key, await cluster.Client.GetGrain<IIntegerKeyGrain>(key).Key());
    }

    [Fact]
    public void References_ToTheSameGrain_AreEqual()
    {
        var one = cluster.Client.GetGrain<ITwoFacedGrain>("same");
        var two = cluster.Client.GetGrain<ITwoFacedGrain>("same");

        Assert.Equal(one, two);
        Assert.Equal(one.GetHashCode(), two.GetHashCode());
        Assert.NotEqual(one, cluster.Client.GetGrain<ITwoFacedGrain>("other"));
        Assert.True((GrainReference)(object)one == (GrainReference)(object)two);
    }

    [Fact]
    public void GetGrainId_OfAReference_HasTheConventionalTypeAndTheKey()
    {
        var id = cluster.Client.GetGrain<ITwoFacedGrain>("tenant/x").GetGrainId();

        Assert.Equal("twofaced/tenant/x", id.ToString());
        Assert.Equal(id, GrainId.Parse("twofaced/tenant/x"));
    }

    [Fact]
    public async Task AsReference_WithinAGrain_RefersToIt()
    {
        var grain = cluster.Client.GetGrain<ITwoFacedGrain>("self");

        Assert.Equal(grain, await grain.Self());
    }

    [Fact]
    public async Task Reference_AsAnArgument_CanBeCalled()
    {
        var other = cluster.Client.GetGrain<ITwoFacedGrain>("callee");

        Assert.Equal("callee", await cluster.Client.GetGrain<ITwoFacedGrain>("caller").CallThat(other));
    }

    [Fact]
    public async Task AsReference_WithAnotherInterface_ReachesTheSameGrain()
    {
        var second = cluster.Client.GetGrain<ITwoFacedGrain>("faces").AsReference<ISecondFace>();

        Assert.Equal("second faces", await second.SecondName());
    }

    [Fact]
    public async Task GetGrain_OfAGrainId_ReachesTheGrain()
    {
        var id = cluster.Client.GetGrain<ITwoFacedGrain>("by id").GetGrainId();

        Assert.Equal("by id", await cluster.Client.GetGrain<ITwoFacedGrain>(id).Name());
    }

    [Fact]
    public void GetGrain_OfAnInterfaceThatNobodyImplements_Throws()
    {
        Assert.Throws<ArgumentException>(() => cluster.Client.GetGrain<IUnimplemented>("x"));
    }
}
