using System.Collections.Immutable;
using Dwapi.Gotapi.Errors;
using Dwapi.Grains.Ports;
using Dwapi.Grains.Quotas;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace Dwapi.Grains.Devices;

/// <inheritdoc cref="IDeviceGrain" />
internal sealed class DeviceGrain(
    IMeasurementStore store,
    IServiceRegistry registry,
    HoldingsByTenant holdings,
    TimeProvider time,
    ILogger<DeviceGrain> logger) : Grain, IDeviceGrain
{
    private readonly DeviceLeases _leases = new(time);
    private readonly DeviceAttributes _attributes = new(store.Epoch);
    private string _tenant = "";
    private string _serviceId = "";
    private TenantHoldings? _held;
    private ServiceRegistration? _registration;
    private IAsyncStream<DeviceEvents>? _stream;
    private IGrainTimer? _leaseWatch;

    /// <inheritdoc />
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_tenant, _serviceId) = TenantKey.Split(this.GetPrimaryKeyString());
        _held = holdings.Of(_tenant);
        _registration = await registry.Find(_tenant, _serviceId, cancellationToken);
        var heads = await store.GetHeads(_tenant, _serviceId, cancellationToken);
        _attributes.Load(heads, _registration);
    }

    /// <inheritdoc />
    public Task Announced(ServiceRegistration? registration)
    {
        _registration = registration;
        _attributes.Register(registration);
        LeaveIfUnknown();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task<ReportResult> Report(ReportBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (LeaveIfUnknown())
            return Refused(batch);
        if (_held is { } held && !await held.HasRoomForMeasurements())
            return Held(batch, held);

        AppendResult result;
        var items = Dated(batch.Items);
        try
        {
            // From here on the caller's cancellation is not passed on: a commit whose result nobody learns would leave the heads behind.
            result = await store.Append(
                new AppendRequest(_tenant, _serviceId, batch.EdgeId, batch.EdgeEpoch, items, _attributes.Heads.Heads),
                CancellationToken.None);
        }
        catch (MeasurementStoreException exception)
        {
            Log.StoreFailed(logger, _serviceId, exception.Message);
            if (exception.InDoubt)
                DeactivateOnIdle();
            return new ReportResult([.. batch.Items.Select(_ => ReportOutcome.Repeat)], 0, "");
        }
        catch
        {
            // What became of the commit is not known; the next activation reads the heads again.
            DeactivateOnIdle();
            throw;
        }

        _held?.AddMeasurements(result.Items.Count(item => item.Outcome == ReportOutcome.Committed));
        if (result.Conflict)
        {
            Log.HeadConflict(logger, _serviceId);
            DeactivateOnIdle();
        }

        await Publish(_attributes.Commit(items, result.Items, batch.EdgeId, _leases.Any()), intermediate: false);
        return new ReportResult([.. result.Items.Select(item => item.Outcome)], 0, "");
    }

    /// <inheritdoc />
    public Task ReportIntermediate(ReportItem item)
    {
        if (LeaveIfUnknown() || !_leases.Any())
            return Task.CompletedTask;
        return Publish([(item.Attribute, [DeviceAttributes.ToMeasurement(item, _attributes.HeadOf(item.Attribute))])], intermediate: true);
    }

    /// <inheritdoc />
    public ValueTask<OneShot> GetLatest(string attribute)
    {
        LeaveIfUnknown();
        return new ValueTask<OneShot>(_attributes.OneShotOf(attribute));
    }

    /// <inheritdoc />
    public Task<HistoryPage> GetHistory(HistoryQuery query, CancellationToken cancellationToken)
    {
        LeaveIfUnknown();
        return store.GetHistory(_tenant, _serviceId, query with { Limit = Math.Clamp(query.Limit, 1, 1000) }, cancellationToken);
    }

    /// <inheritdoc />
    public Task<EventPage> ReadEvents(string attribute, long after, int limit)
    {
        LeaveIfUnknown();
        limit = Math.Clamp(limit, 1, 1000);
        return _attributes.TryRead(attribute, after, limit, out var page)
            ? Task.FromResult(page)
            : store.ReadAfter(_tenant, _serviceId, attribute, after, limit, CancellationToken.None);
    }

    /// <inheritdoc />
    public ValueTask<DeviceHeads> Lease(string node)
    {
        if (!LeaveIfUnknown())
        {
            _leases.Take(node);
            _leaseWatch ??= this.RegisterGrainTimer(DropUnleasedRing, new() { DueTime = DeviceLeases.Duration, Period = DeviceLeases.Duration });
        }

        return new ValueTask<DeviceHeads>(_attributes.Heads);
    }

    private Task DropUnleasedRing(CancellationToken cancellationToken)
    {
        if (!_leases.Any())
        {
            _attributes.DropRings();
            _leaseWatch?.Dispose();
            _leaseWatch = null;
        }

        return Task.CompletedTask;
    }

    /// <summary>Web nodes find out about a lost message by the heads, so a failure here must not fail the report.</summary>
    private async Task Publish(IReadOnlyList<(string Attribute, ImmutableArray<Measurement> Measurements)> events, bool intermediate)
    {
        if (events.Count == 0)
            return;
        try
        {
            _stream ??= this.GetStreamProvider(Streams.Provider).GetStream<DeviceEvents>(
                StreamId.Create(Streams.Device, this.GetPrimaryKeyString()));
            foreach (var (attribute, measurements) in events)
                await _stream.OnNextAsync(new DeviceEvents(attribute, measurements, intermediate)).WaitAsync(StreamPatience.Limit, time);
        }
        catch (Exception exception)
        {
            Log.PublishFailed(logger, exception, _serviceId);
        }
    }

    /// <summary>
    /// True for a service that is not announced. It leaves memory at once, so that made-up ids cost nothing; a later announcement is told to
    /// the next activation, or read by it.
    /// </summary>
    private bool LeaveIfUnknown()
    {
        if (_registration is not null)
            return false;
        DeactivateOnIdle();
        return true;
    }

    /// <summary>A stamp too far ahead of the reception would stay the latest for ever; the record is dated by its reception (DECISIONS 12).</summary>
    private static ImmutableArray<ReportItem> Dated(ImmutableArray<ReportItem> items)
    {
        foreach (var item in items)
        {
            if (item.Stamped && Gotapi.Time.MeasurementTimeRule.IsAhead(item.MeasuredAt, item.ReceivedAt))
                return [.. items.Select(DeviceAttributes.Dated)];
        }

        return items;
    }

    /// <summary>Not taken now, for a reason that lasts: nothing of it is acknowledged, so nothing of it is lost.</summary>
    private static ReportResult Held(ReportBatch batch, TenantHoldings held) => new(
        [.. batch.Items.Select(_ => ReportOutcome.Repeat)], GotapiErrors.IllegalServerState.Code, held.StorageReason);

    private static ReportResult Refused(ReportBatch batch) => new(
        [.. batch.Items.Select(_ => ReportOutcome.Refused)],
        GotapiErrors.NotFoundService.Code,
        "The service is not announced. Announce it before its measurements.");
}
