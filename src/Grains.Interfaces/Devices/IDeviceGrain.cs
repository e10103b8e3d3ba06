using Orleans.Concurrency;

namespace Dwapi.Grains.Devices;

/// <summary>
/// One device (a GotAPI service), key <c>tenant/serviceId</c>. Owns the truth of its events: the sequence of each attribute, the
/// latest measurement and who must be told. It is the only one that appends this device's measurements to the store.
/// </summary>
[Alias("Dwapi.IDeviceGrain")]
public interface IDeviceGrain : IGrainWithStringKey
{
    /// <summary>The registration as the registry has it now; told by the edge grain after each change that it stored.</summary>
    /// <param name="registration">The new registration, or null when the service was removed.</param>
    [Alias("Announced")]
    Task Announced(ServiceRegistration? registration);

    /// <summary>
    /// Takes measurements of this device: one turn, one commit (DECISIONS 15). Returns when each item is durable, a duplicate, refused or
    /// has to be sent again; then latest has moved and leased web nodes have been told.
    /// </summary>
    [Alias("Report")]
    Task<ReportResult> Report(ReportBatch batch, CancellationToken cancellationToken);

    /// <summary>Passes an intermediate measurement on to leased web nodes: never stored, never latest, best effort (DECISIONS 18).</summary>
    [Alias("ReportIntermediate")]
    Task ReportIntermediate(ReportItem item);

    /// <summary>
    /// The registration and the latest durable measurement of an attribute. Interleaves with <see cref="Report"/>: it never waits for a
    /// commit and never shows a value that is not durable.
    /// </summary>
    [AlwaysInterleave]
    [Alias("GetLatest")]
    ValueTask<OneShot> GetLatest(string attribute);

    /// <summary>Stored measurements by time of measurement, paged.</summary>
    [AlwaysInterleave]
    [Alias("GetHistory")]
    Task<HistoryPage> GetHistory(HistoryQuery query, CancellationToken cancellationToken);

    /// <summary>Events of an attribute above a sequence, in the order of sequences; from the ring while leased, else from the store.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="after">The last sequence the caller has; 0 for none.</param>
    /// <param name="limit">At most so many, 1 to 1,000.</param>
    [AlwaysInterleave]
    [Alias("ReadEvents")]
    Task<EventPage> ReadEvents(string attribute, long after, int limit);

    /// <summary>
    /// Takes or renews a web node's lease of 30 s: while one is held the device publishes on its stream and keeps the ring (DECISIONS 17).
    /// </summary>
    /// <returns>The head of every attribute, by which the node sees what it missed.</returns>
    [AlwaysInterleave]
    [Alias("Lease")]
    ValueTask<DeviceHeads> Lease(string node);
}
