using System.Collections.Immutable;
using Dwapi.Grains.Edges;
using Dwapi.Grains.Tests.Runtime;

namespace Dwapi.Grains.Tests.Edges;

/// <summary>The changes of a tenant's services have numbers without holes, and the youngest can be read again.</summary>
public sealed class ServiceChangesTests : IAsyncLifetime
{
    private GrainHost _host = null!;

    private IServiceChangesGrain Grain => _host.Client.GetGrain<IServiceChangesGrain>(GrainHost.Tenant);

    public async ValueTask InitializeAsync() => _host = await GrainHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Read_OfTheEpoch_GivesWhatIsAboveANumber()
    {
        var before = await Grain.Read("", 0);
        await Grain.Publish("edge", "run", 1, Changes("a", "b"));
        await Grain.Publish("other", "run", 1, Changes("c"));

        Assert.True(before.Gap);
        Assert.Equal(["a", "b", "c"], Ids(await Grain.Read(before.Epoch, before.After)));
        Assert.Equal(["c"], Ids(await Grain.Read(before.Epoch, 2)));
        Assert.Equivalent(new ServiceChangePage(before.Epoch, 3, [], Gap: false), await Grain.Read(before.Epoch, 3));
    }

    [Fact]
    public async Task Read_OfAnotherEpochOrAboveTheHead_GivesTheHeadWithAGap()
    {
        await Grain.Publish("edge", "run", 1, Changes("a", "b"));
        var other = await Grain.Read("other", 1);

        Assert.True(other is { Gap: true, After: 2, Changes.IsEmpty: true });
        Assert.True((await Grain.Read(other.Epoch, 3)).Gap);
    }

    [Fact]
    public async Task Read_OfMoreThanIsKept_GivesTheHeadWithAGap()
    {
        var epoch = (await Grain.Read("", 0)).Epoch;
        await Grain.Publish("edge", "run", 1, Changes([.. Enumerable.Range(1, ServiceChangesGrain.Kept + 1).Select(number => $"{number}")]));

        Assert.True((await Grain.Read(epoch, 0)).Gap);
        var oldest = await Grain.Read(epoch, 1);
        Assert.Equal("2", oldest.Changes[0].Service.ServiceId);
        Assert.False(oldest.Gap);
    }

    [Fact]
    public async Task Publish_Repeated_TakesOnlyWhatIsNew()
    {
        var epoch = (await Grain.Read("", 0)).Epoch;
        await Grain.Publish("edge", "run", 1, Changes("a", "b"));
        await Grain.Publish("edge", "run", 1, Changes("a", "b", "c"));
        await Grain.Publish("edge", "run", 2, Changes("b"));

        Assert.Equal(["a", "b", "c"], Ids(await Grain.Read(epoch, 0)));
        await Grain.Publish("edge", "next run", 1, Changes("d"));
        Assert.Equal(["d"], Ids(await Grain.Read(epoch, 3)));
    }

    private static ImmutableArray<ServiceChange> Changes(params ImmutableArray<string> serviceIds) =>
        [.. serviceIds.Select(serviceId => new ServiceChange(Some.Service(serviceId), Present: true))];

    private static IEnumerable<string> Ids(ServiceChangePage page) => page.Changes.Select(change => change.Service.ServiceId);
}
