using Dwapi.Grains.Ports;
using Dwapi.Grains.Settings;

namespace Dwapi.Grains.Quotas;

/// <summary>
/// What a tenant with a quota has in the store, as this silo knows it: counted at most once in <see cref="Recount"/>, with its own
/// additions since then. What other silos add meanwhile is not seen, so a quota can be exceeded by what they take in that time.
/// </summary>
internal sealed class TenantHoldings(string tenant, TenantQuotas quotas, ITenantUsage usage, TimeProvider time)
{
    /// <summary>Longest time between two counts while somebody asks.</summary>
    public static readonly TimeSpan Recount = TimeSpan.FromSeconds(10);

    private readonly Holding? _devices = quotas.Devices is { } devices
        ? new Holding(devices, cancellationToken => usage.CountDevices(tenant, cancellationToken), time)
        : null;

    private readonly Holding? _measurements = quotas.StoredMeasurements is { } measurements
        ? new Holding(measurements, cancellationToken => usage.CountMeasurements(tenant, cancellationToken), time)
        : null;

    /// <summary>Why nothing more is stored.</summary>
    public string StorageReason { get; } =
        $"The tenant stores as many measurements as its quota allows ({TenancyOptions.SettingOf(tenant, "Quotas:StoredMeasurements")} = {quotas.StoredMeasurements}). "
        + "They are kept at the edge and tried again every 30 s; shorten Dwapi:Retention for this tenant, or raise the quota.";

    /// <summary>Why a new device is not taken.</summary>
    public string DeviceReason { get; } =
        $"The tenant has as many devices as its quota allows ({TenancyOptions.SettingOf(tenant, "Quotas:Devices")} = {quotas.Devices}). "
        + "Remove others or raise the quota, then announce again.";

    /// <summary>Whether announcements are limited.</summary>
    public bool LimitsDevices => _devices is not null;

    /// <summary>How many new devices may be taken; all when there is no limit.</summary>
    public ValueTask<long> RoomForDevices() => _devices?.Room() ?? new ValueTask<long>(long.MaxValue);

    /// <summary>Whether measurements may be stored.</summary>
    public async ValueTask<bool> HasRoomForMeasurements() => _measurements is null || await _measurements.Room() > 0;

    /// <summary>Devices were taken.</summary>
    public void AddDevices(int count) => _devices?.Add(count);

    /// <summary>Measurements were stored.</summary>
    public void AddMeasurements(int count) => _measurements?.Add(count);
}
