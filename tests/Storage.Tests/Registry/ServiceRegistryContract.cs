using System.Collections.Immutable;
using System.Text;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;

namespace Dwapi.Storage.Tests.Registry;

/// <summary>What every registry does, whatever it is made of.</summary>
public abstract class ServiceRegistryContract
{
    private const string Tenant = "clinic";
    private static readonly CancellationToken None = CancellationToken.None;

    protected abstract IServiceRegistry Registry { get; }

    [Fact]
    public async Task Announce_NewService_IsFoundAsAnnounced()
    {
        var changes = await Announce("edge-1", Service("s1"));

        var change = Assert.Single(changes);
        Assert.Null(change.Before);
        var found = (await Registry.Find(Tenant, "s1", None))!;
        Assert.Equal(("s1", "edge-1", "Name", "Maker", "1.0", "BLE", true), (
            found.ServiceId, found.EdgeId, found.Name, found.Manufacturer, found.Version, found.Type, found.Online));
        Assert.Equal(["weight", "bca"], found.Scopes);
        var profile = Assert.Single(found.Profiles);
        Assert.Equal("health", profile.Profile);
        Assert.Equal(["weight", "bca"], profile.Attributes);
        Assert.Equal("\"manufacturerName\":\"Maker\"", Encoding.UTF8.GetString(found.Device.Span));
        Assert.Equal(PluginApproval.Ask, found.Approval);
    }

    [Fact]
    public async Task Announce_SameAgain_ChangesNothing()
    {
        await Announce("edge-1", Service("s1"), Service("s2"));

        Assert.Empty(await Announce("edge-1", Service("s1"), Service("s2")));
    }

    [Fact]
    public async Task Announce_ChangedService_TellsBeforeAndNow()
    {
        await Announce("edge-1", Service("s1"), Service("s2"));

        var change = Assert.Single(await Announce("edge-1", Service("s1"), Service("s2") with { Name = "Other" }));

        Assert.Equal(("s2", "Name", "Other"), (change.ServiceId, change.Before!.Name, change.Now!.Name));
    }

    [Fact]
    public async Task Announce_ChangedDeviceBytes_IsAChange()
    {
        await Announce("edge-1", Service("s1"));

        Assert.Single(await Announce("edge-1", Service("s1") with { Device = "\"manufacturerName\":\"New\""u8.ToArray() }));
    }

    [Fact]
    public async Task Announce_ByAnotherEdge_MakesItTheOwnerOfOneService()
    {
        await Announce("edge-1", Service("s1"));

        var change = Assert.Single(await Announce("edge-2", Service("s1")));

        Assert.Equal(("edge-1", "edge-2"), (change.Before!.EdgeId, change.Now!.EdgeId));
        Assert.Empty(await Page("edge-1"));
        var listed = Assert.Single(await Page("edge-2"));
        Assert.Equal(2, listed.Announcers);
        Assert.Equal([new("edge-2", true), new("edge-1", true)], await Registry.GetAnnouncers(Tenant, "s1", None));
    }

    [Fact]
    public async Task GetShared_HasWhatAnotherEdgeAnnouncedLater_PagedById()
    {
        await Announce("edge-1", Service("s1"), Service("s2"), Service("s3"), Service("s4"));
        await Announce("edge-2", Service("s1"), Service("s3"), Service("s4"));

        Assert.Equal(["s1", "s3"], await Registry.GetShared(Tenant, "edge-1", "", 2, None));
        Assert.Equal(["s4"], await Registry.GetShared(Tenant, "edge-1", "s3", 2, None));
        Assert.Empty(await Registry.GetShared(Tenant, "edge-2", "", 2, None));
        Assert.Empty(await Registry.GetShared("school", "edge-1", "", 2, None));
    }

    [Fact]
    public async Task Announce_SameAgainAfterAnotherEdge_TakesItBack()
    {
        await Announce("edge-1", Service("s1"));
        await Announce("edge-2", Service("s1"));

        await Announce("edge-1", Service("s1"));

        Assert.Equal("edge-1", (await Registry.Find(Tenant, "s1", None))!.EdgeId);
    }

    [Fact]
    public async Task Announce_OneOfTwoSaysOffline_IsOnlineAndBelongsToTheOther()
    {
        await Announce("edge-1", Service("s1"));
        await Announce("edge-2", Service("s1"));

        await Announce("edge-2", Service("s1") with { Online = false });

        var found = (await Registry.Find(Tenant, "s1", None))!;
        Assert.Equal((true, "edge-1"), (found.Online, found.EdgeId));
        Assert.True(Assert.Single(await Page("edge-1")).Registration.Online);
    }

    [Fact]
    public async Task Announce_AllSayOffline_IsOffline()
    {
        await Announce("edge-1", Service("s1"));
        await Announce("edge-2", Service("s1") with { Online = false });

        var change = Assert.Single(await Announce("edge-1", Service("s1") with { Online = false }));

        Assert.Equal((true, false), (change.Before!.Online, change.Now!.Online));
    }

    [Fact]
    public async Task Remove_ByTheOnlyAnnouncer_RemovesTheService()
    {
        await Announce("edge-1", Service("s1"));

        var change = Assert.Single(await Registry.Announce(Tenant, "edge-1", [], ["s1"], complete: false, None));

        Assert.Null(change.Now);
        Assert.Null(await Registry.Find(Tenant, "s1", None));
    }

    [Fact]
    public async Task Remove_ByTheOwner_GivesItBackToTheOtherAsThatOneAnnouncedIt()
    {
        await Announce("edge-1", Service("s1") with { Name = "First" });
        await Announce("edge-2", Service("s1") with { Name = "Second" });

        var change = Assert.Single(await Registry.Announce(Tenant, "edge-2", [], ["s1"], complete: false, None));

        Assert.Equal(("edge-1", "First"), (change.Now!.EdgeId, change.Now.Name));
        Assert.Equal(1, Assert.Single(await Page("edge-1")).Announcers);
    }

    [Fact]
    public async Task Remove_ByAnEdgeThatNeverAnnouncedIt_ChangesNothing()
    {
        await Announce("edge-1", Service("s1"));

        Assert.Empty(await Registry.Announce(Tenant, "edge-2", [], ["s1", "s2"], complete: false, None));
        Assert.NotNull(await Registry.Find(Tenant, "s1", None));
    }

    [Fact]
    public async Task Announce_Complete_RemovesWhatThisEdgeNoLongerLists()
    {
        await Announce("edge-1", Service("s1"), Service("s2"), Service("s3"));
        await Announce("edge-2", Service("s9"));

        var changes = await Registry.Announce(Tenant, "edge-1", [Service("s2")], [], complete: true, None);

        Assert.Equal(["s1", "s3"], changes.Select(c => c.ServiceId).Order());
        Assert.NotNull(await Registry.Find(Tenant, "s9", None));
    }

    [Fact]
    public async Task GetPage_FollowsIdsWithoutHolesOrRepeats()
    {
        await Announce("edge-1", [.. Enumerable.Range(0, 25).Select(i => Service($"s{i:00}"))]);
        await Announce("edge-2", Service("s07"));

        var ids = new List<string>();
        ImmutableArray<RegisteredService> page;
        do
        {
            page = await Registry.GetPage(Tenant, "edge-1", ids.LastOrDefault(""), 10, None);
            ids.AddRange(page.Select(s => s.Registration.ServiceId));
        }
        while (page.Length == 10);

        Assert.Equal(Enumerable.Range(0, 25).Where(i => i != 7).Select(i => $"s{i:00}"), ids);
    }

    [Fact]
    public async Task AnotherTenant_SeesNothing()
    {
        await Announce("edge-1", Service("s1"));

        Assert.Null(await Registry.Find("school", "s1", None));
        Assert.Empty(await Registry.GetAnnouncers("school", "s1", None));
        Assert.Empty(await Registry.GetPage("school", "edge-1", "", 10, None));
    }

    protected static ServiceRegistration Service(string id) => new(
        id, "ignored", "Name", "Maker", "1.0", "BLE", true, ["weight", "bca"], [new ServiceProfile("health", ["weight", "bca"])],
        "\"manufacturerName\":\"Maker\""u8.ToArray(), PluginApproval.Ask);

    protected Task<ImmutableArray<RegistryChange>> Announce(string edge, params ServiceRegistration[] services) =>
        Registry.Announce(Tenant, edge, [.. services], [], complete: false, None);

    private Task<ImmutableArray<RegisteredService>> Page(string edge) => Registry.GetPage(Tenant, edge, "", 100, None);
}
