using Dwapi.Grains.Devices;
using Dwapi.Grains.Tests.Runtime;

namespace Dwapi.Grains.Tests.Devices;

public sealed class DeviceEventsTests : IAsyncLifetime
{
    private GrainHost _host = null!;
    private IDeviceGrain _device = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await GrainHost.Start();
        _device = _host.Device("dev");
        await _host.Registry.Announce("t", "edge", [Some.Service() with { EdgeId = "edge" }], [], complete: false, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Decision17_Report_WhileLeased_PublishesInOrderOfSequences()
    {
        var events = await _host.Subscribe<DeviceEvents>(Streams.Device, "t/dev");
        await _device.Lease("node");

        await _device.Report(Some.Batch(Some.Item(1, at: 1), Some.Item(2, at: 2)), CancellationToken.None);

        var published = await events.Next();
        Assert.Equal(Some.Thermometer, published.Attribute);
        Assert.False(published.Intermediate);
        Assert.Equal([1, 2], published.Measurements.Select(measurement => measurement.Sequence));
    }

    [Fact]
    public async Task Decision17_Report_WithoutLease_PublishesNothing()
    {
        var events = await _host.Subscribe<DeviceEvents>(Streams.Device, "t/dev");

        await _device.Report(Some.Batch(Some.Item(1)), CancellationToken.None);
        await _device.Lease("node");
        await _device.Report(Some.Batch(Some.Item(2)), CancellationToken.None);

        // The second one is the first that comes.
        Assert.Equal([2], (await events.Next()).Measurements.Select(measurement => measurement.Sequence));
    }

    [Fact]
    public async Task Decision17_Report_WhenTheLeaseIsOver_PublishesNothingUntilItIsRenewed()
    {
        var events = await _host.Subscribe<DeviceEvents>(Streams.Device, "t/dev");
        await _device.Lease("node");
        _host.Clock.Advance(TimeSpan.FromSeconds(30));

        await _device.Report(Some.Batch(Some.Item(1)), CancellationToken.None);
        await _device.Lease("node");
        await _device.Report(Some.Batch(Some.Item(2)), CancellationToken.None);

        Assert.Equal([2], (await events.Next()).Measurements.Select(measurement => measurement.Sequence));
    }

    [Fact]
    public async Task Decision17_Report_WhileTheLeaseIsRenewed_GoesOnPublishing()
    {
        var events = await _host.Subscribe<DeviceEvents>(Streams.Device, "t/dev");
        await _device.Lease("node");
        _host.Clock.Advance(TimeSpan.FromSeconds(29));
        await _device.Lease("node");
        _host.Clock.Advance(TimeSpan.FromSeconds(29));

        await _device.Report(Some.Batch(Some.Item(1)), CancellationToken.None);

        Assert.Equal([1], (await events.Next()).Measurements.Select(measurement => measurement.Sequence));
    }

    [Fact]
    public async Task Decision17_ReadEvents_WhileLeased_ComesFromTheRing()
    {
        await _device.Lease("node");
        await _device.Report(Some.Batch(Some.Item(1), Some.Item(2), Some.Item(3)), CancellationToken.None);

        var page = await _device.ReadEvents(Some.Thermometer, 1, 10);

        Assert.Equal([2, 3], page.Events.Select(measurement => measurement.Sequence));
        Assert.Equal(3, page.Head);
        Assert.Equal(0, _host.Store.Reads);
    }

    [Fact]
    public async Task Decision17_ReadEvents_WhenTheLeaseIsOver_ComesFromTheStore()
    {
        await _device.Lease("node");
        await _device.Report(Some.Batch(Some.Item(1), Some.Item(2)), CancellationToken.None);
        _host.Clock.Advance(TimeSpan.FromSeconds(30));

        await Eventually.Is(
            async () =>
            {
                Assert.Equal([1, 2], (await _device.ReadEvents(Some.Thermometer, 0, 10)).Events.Select(measurement => measurement.Sequence));
                return _host.Store.Reads;
            },
            reads => reads > 0);
    }

    [Fact]
    public async Task ReadEvents_BelowTheRing_ComesFromTheStoreWithoutAHole()
    {
        await _device.Report(Some.Batch(Some.Item(1), Some.Item(2)), CancellationToken.None);
        await _device.Lease("node");
        await _device.Report(Some.Batch(Some.Item(3)), CancellationToken.None);

        Assert.Equal([1, 2, 3], (await _device.ReadEvents(Some.Thermometer, 0, 10)).Events.Select(measurement => measurement.Sequence));
        Assert.Equal([3], (await _device.ReadEvents(Some.Thermometer, 2, 10)).Events.Select(measurement => measurement.Sequence));
    }

    [Fact]
    public async Task ReadEvents_OfMoreThanTheRingHolds_HasNoHole()
    {
        await _device.Lease("node");
        await _device.Report(Some.Batch([.. Enumerable.Range(1, EventRing.Capacity + 10).Select(i => Some.Item(i))]), CancellationToken.None);

        var page = await _device.ReadEvents(Some.Thermometer, 3, 1000);

        Assert.Equal(Enumerable.Range(4, EventRing.Capacity + 7).Select(i => (long)i), page.Events.Select(measurement => measurement.Sequence));
    }

    [Fact]
    public async Task Lease_AfterReports_ReturnsTheHeadOfEveryAttribute()
    {
        await _device.Report(Some.Batch(Some.Item(1), Some.Item(2), Some.Item(3, attribute: "heartRate")), CancellationToken.None);

        var heads = await _device.Lease("node");

        Assert.Equal(_host.Store.Epoch, heads.Epoch);
        Assert.Equal(
            [new AttributeHead("heartRate", 1), new AttributeHead(Some.Thermometer, 2)],
            heads.Heads.OrderBy(head => head.Attribute, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Decision18_ReportIntermediate_IsPublishedUnderTheLastStoredSequenceAndNeverStored()
    {
        await _device.Lease("node");
        await _device.Report(Some.Batch(Some.Item(1)), CancellationToken.None);
        var events = await _host.Subscribe<DeviceEvents>(Streams.Device, "t/dev");

        await _device.ReportIntermediate(Some.Item(at: 7));

        var published = await events.Next(item => item.Intermediate);
        Assert.Equal(1, published.Measurements.Single().Sequence);
        var shot = await _device.GetLatest(Some.Thermometer);
        Assert.Equal((1, Some.Time), (shot.Head, shot.Latest!.MeasuredAt));
        Assert.Equal(1, _host.Store.Appends);
    }
}
