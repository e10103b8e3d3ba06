using Dwapi.Grains.Devices;
using Dwapi.Grains.Tests.Runtime;

namespace Dwapi.Grains.Tests.Devices;

public sealed class DeviceReportTests : IAsyncLifetime
{
    private GrainHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await GrainHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Decision04_Report_ForServiceThatIsNotAnnounced_IsRefusedWithError6AndReason()
    {
        var result = await _host.Device("dev").Report(Some.Batch(Some.Item(1), Some.Item(2)), CancellationToken.None);

        Assert.Equal([ReportOutcome.Refused, ReportOutcome.Refused], result.Outcomes);
        Assert.Equal(6, result.ErrorCode);
        Assert.Contains("not announced", result.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decision10_GetLatest_AfterReport_GivesTheBytesAsTheyCame()
    {
        await Announce();
        var item = Some.Item(1) with { BatteryLevel = "0.30"u8.ToArray(), Quantities = "\"bodyTemperature\" : {\"value\":36.60}"u8.ToArray() };
        await _host.Device("dev").Report(Some.Batch(item), CancellationToken.None);

        var latest = (await _host.Device("dev").GetLatest(Some.Thermometer)).Latest!;

        Assert.Equal("0.30", Some.Text(latest.BatteryLevel));
        Assert.Equal("\"bodyTemperature\" : {\"value\":36.60}", Some.Text(latest.Quantities));
    }

    [Fact]
    public async Task Decision12_Report_StampMoreThanTwoMinutesAhead_IsDatedByReception()
    {
        await Announce();
        await _host.Device("dev").Report(Some.Batch(Some.Item(1, at: 121_000, receivedAt: 1, stamped: true)), CancellationToken.None);

        var latest = (await _host.Device("dev").GetLatest(Some.Thermometer)).Latest!;

        Assert.Equal(Some.Time + 1, latest.MeasuredAt);
        Assert.False(latest.Stamped);
    }

    [Fact]
    public async Task Decision12_Report_OldStampedRecord_JoinsHistoryAndIsNotLatest()
    {
        await Announce();
        await _host.Device("dev").Report(Some.Batch(Some.Item(1, at: 5000, stamped: true), Some.Item(2, at: 1000, stamped: true)), CancellationToken.None);

        var shot = await _host.Device("dev").GetLatest(Some.Thermometer);

        Assert.Equal(1, shot.Latest!.Sequence);
        Assert.Equal(2, shot.Head);
    }

    [Fact]
    public async Task Decision13_Report_WhenAnotherActivationWasAhead_SaysRepeatAndSucceedsThen()
    {
        await Announce();
        await _host.Device("dev").GetLatest(Some.Thermometer);
        await _host.Store.Append(
            new("t", "dev", "edge", "epoch", [Some.Item(1)], []), CancellationToken.None);

        var conflict = await _host.Device("dev").Report(Some.Batch(Some.Item(2)), CancellationToken.None);
        var repeated = await Eventually.Is(
            () => _host.Device("dev").Report(Some.Batch(Some.Item(2)), CancellationToken.None),
            result => result.Outcomes[0] != ReportOutcome.Repeat);

        Assert.Equal([ReportOutcome.Repeat], conflict.Outcomes);
        Assert.Equal([ReportOutcome.Committed], repeated.Outcomes);
        Assert.Equal(2, (await _host.Device("dev").GetLatest(Some.Thermometer)).Head);
    }

    [Fact]
    public async Task Decision14_Report_SamePositionAgain_IsDuplicate()
    {
        await Announce();
        await _host.Device("dev").Report(Some.Batch(Some.Item(1)), CancellationToken.None);

        var again = await _host.Device("dev").Report(Some.Batch(Some.Item(1), Some.Item(2)), CancellationToken.None);

        Assert.Equal([ReportOutcome.Duplicate, ReportOutcome.Committed], again.Outcomes);
        Assert.Equal(2, (await _host.Device("dev").GetLatest(Some.Thermometer)).Head);
    }

    [Fact]
    public async Task Decision15_Report_OfAFrame_IsOneAppend()
    {
        await Announce();

        var result = await _host.Device("dev").Report(
            Some.Batch([.. Enumerable.Range(1, 1000).Select(i => Some.Item(i, at: i))]), CancellationToken.None);

        Assert.All(result.Outcomes, outcome => Assert.Equal(ReportOutcome.Committed, outcome));
        Assert.Equal(1, _host.Store.Appends);
        Assert.Equal(1000, (await _host.Device("dev").GetLatest(Some.Thermometer)).Head);
    }

    [Fact]
    public async Task Report_WhenTheStoreFails_SaysRepeatAndMovesNothing()
    {
        await Announce();
        _host.Store.Broken = true;

        var result = await _host.Device("dev").Report(Some.Batch(Some.Item(1), Some.Item(2)), CancellationToken.None);

        Assert.Equal([ReportOutcome.Repeat, ReportOutcome.Repeat], result.Outcomes);
        Assert.Null((await _host.Device("dev").GetLatest(Some.Thermometer)).Latest);
        _host.Store.Broken = false;
        Assert.Equal([ReportOutcome.Committed], (await _host.Device("dev").Report(Some.Batch(Some.Item(1)), CancellationToken.None)).Outcomes);
    }

    [Fact]
    public async Task GetLatest_DuringACommit_NeitherWaitsNorShowsWhatIsNotDurable()
    {
        await Announce();
        _host.Store.Hold();
        var report = _host.Device("dev").Report(Some.Batch(Some.Item(1)), CancellationToken.None);
        await _host.Store.Held.WaitAsync(TimeSpan.FromSeconds(20));

        var during = await _host.Device("dev").GetLatest(Some.Thermometer);
        _host.Store.Release();
        await report;

        Assert.Null(during.Latest);
        Assert.NotNull((await _host.Device("dev").GetLatest(Some.Thermometer)).Latest);
    }

    [Fact]
    public async Task Report_WhileAnotherOneCommits_WaitsForItsTurn()
    {
        await Announce();
        _host.Store.Hold();
        var first = _host.Device("dev").Report(Some.Batch(Some.Item(1)), CancellationToken.None);
        await _host.Store.Held.WaitAsync(TimeSpan.FromSeconds(20));

        var second = _host.Device("dev").Report(Some.Batch(Some.Item(2)), CancellationToken.None);
        await _host.Device("dev").GetLatest(Some.Thermometer);
        var appendsMeanwhile = _host.Store.Appends;
        _host.Store.Release();
        await Task.WhenAll(first, second);

        Assert.Equal(1, appendsMeanwhile);
        Assert.Equal(2, (await _host.Device("dev").GetLatest(Some.Thermometer)).Head);
    }

    [Fact]
    public async Task Decision25_GetHistory_GivesStoredMeasurementsByTime()
    {
        await Announce();
        await _host.Device("dev").Report(Some.Batch(Some.Item(1, at: 0), Some.Item(2, at: 1000), Some.Item(3, at: 2000)), CancellationToken.None);

        var page = await _host.Device("dev").GetHistory(
            new HistoryQuery(Some.Thermometer, Some.Time + 1000, Some.Time + 2000, NewestFirst: false, "", 10), CancellationToken.None);

        Assert.Equal([2], page.Measurements.Select(measurement => measurement.Sequence));
    }

    [Fact]
    public async Task GetLatest_OfUnknownService_HasNoRegistrationUntilItIsAnnounced()
    {
        Assert.Null((await _host.Device("dev").GetLatest(Some.Thermometer)).Registration);

        await Announce();

        Assert.Equal("dev", (await _host.Device("dev").GetLatest(Some.Thermometer)).Registration!.ServiceId);
    }

    [Fact]
    public async Task Announced_AfterMeasurements_GoesIntoEveryOneShot()
    {
        await Announce();
        await _host.Device("dev").Report(Some.Batch(Some.Item(1)), CancellationToken.None);

        await _host.Device("dev").Announced(Some.Service() with { Name = "Renamed" });

        var shot = await _host.Device("dev").GetLatest(Some.Thermometer);
        Assert.Equal("Renamed", shot.Registration!.Name);
        Assert.Equal(1, shot.Head);
    }

    private async Task Announce()
    {
        await _host.Registry.Announce("t", "edge", [Some.Service() with { EdgeId = "edge" }], [], complete: false, CancellationToken.None);
        await _host.Device("dev").Announced(Some.Service() with { EdgeId = "edge" });
    }
}
