using Dwapi.Grains.Devices;
using Dwapi.Grains.Quotas;
using Dwapi.Grains.Tests.Runtime;

namespace Dwapi.Grains.Tests.Quotas;

/// <summary>Quotas of what a tenant has in the store.</summary>
public sealed class StoredQuotaTests
{
    [Fact]
    public async Task Devices_AboveTheQuota_AreNotTaken_ThoseThereStay()
    {
        await using var host = await GrainHost.Start(("Tenancy:Quotas:Devices", "2"));
        var edge = await ConnectedEdge.Connect(host);
        Assert.Empty((await edge.Grain.Announce(edge.LinkId, [Some.Service("a")], [], complete: false)).Refused);

        var result = await edge.Grain.Announce(edge.LinkId, [Some.Service("a"), Some.Service("b"), Some.Service("c")], [], complete: true);

        var refused = Assert.Single(result.Refusals);
        Assert.Equal(("c", 17), (refused.ServiceId, refused.ErrorCode));
        Assert.Contains("Tenancy:Tenants:t:Quotas:Devices = 2", refused.Reason, StringComparison.Ordinal);
        Assert.NotNull((await host.Device("b").GetLatest(Some.Thermometer)).Registration);
        Assert.Null((await host.Device("c").GetLatest(Some.Thermometer)).Registration);
    }

    [Fact]
    public async Task Devices_AfterOneWasRemoved_HaveRoomAtTheNextCount()
    {
        await using var host = await GrainHost.Start(("Tenancy:Quotas:Devices", "1"));
        var edge = await ConnectedEdge.Connect(host);
        await edge.Announce(Some.Service("a"));
        await edge.Grain.Announce(edge.LinkId, [], ["a"], complete: false);

        host.Clock.Advance(TenantHoldings.Recount);

        Assert.Empty((await edge.Grain.Announce(edge.LinkId, [Some.Service("b")], [], complete: false)).Refused);
    }

    [Fact]
    public async Task Measurements_AboveTheQuota_AreHeld_UntilRetentionMakesRoom()
    {
        await using var host = await GrainHost.Start(("Tenancy:Quotas:StoredMeasurements", "2"));
        var edge = await ConnectedEdge.Connect(host);
        await edge.Announce(Some.Service());
        Assert.Equal([ReportOutcome.Committed, ReportOutcome.Committed], (await Report(host, 1, 2)).Outcomes);

        var held = await Report(host, 3);
        Assert.Equal([ReportOutcome.Repeat], held.Outcomes);
        Assert.Equal(17, held.ErrorCode);
        Assert.Contains("Tenancy:Tenants:t:Quotas:StoredMeasurements = 2", held.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("again every 30 s", held.ErrorMessage, StringComparison.Ordinal);

        Assert.Equal(1, await host.Store.Retain(GrainHost.Tenant, Some.Thermometer, null, Some.Time + 2, CancellationToken.None));
        host.Clock.Advance(TenantHoldings.Recount);
        Assert.Equal([ReportOutcome.Committed], (await Report(host, 3)).Outcomes);
    }

    [Fact]
    public async Task Measurements_OfATenantWithoutAQuota_AreNeverCounted()
    {
        await using var host = await GrainHost.Start(("Tenancy:Tenants:other:Quotas:StoredMeasurements", "1"));
        var edge = await ConnectedEdge.Connect(host);
        await edge.Announce(Some.Service());

        Assert.All((await Report(host, 1, 2, 3)).Outcomes, outcome => Assert.Equal(ReportOutcome.Committed, outcome));
    }

    private static Task<ReportResult> Report(GrainHost host, params long[] numbers) => host.Device("dev").Report(
        Some.Batch([.. numbers.Select(number => Some.Item(number, at: number))]), CancellationToken.None);
}
