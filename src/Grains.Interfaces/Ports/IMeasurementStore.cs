using System.Collections.Immutable;
using Dwapi.Grains.Devices;

namespace Dwapi.Grains.Ports;

/// <summary>
/// The durable truth of measurements; used by silos only (DECISIONS 25). Appends are group-committed without a timer: at once when idle,
/// what gathers meanwhile is the next batch (DECISIONS 16). An append that returned is durable.
/// </summary>
public interface IMeasurementStore
{
    /// <summary>Made when the store was created; letters and digits. A cursor of another epoch is too old by definition.</summary>
    string Epoch { get; }

    /// <summary>
    /// Appends the items of one device in one transaction. For each the store first drops those whose edge position or identity it holds,
    /// then assigns the next sequences if the attribute's head is still the expected one, and moves the latest by the rule of DECISIONS 12.
    /// </summary>
    /// <exception cref="MeasurementStoreException">Nothing of this request is durable (disk full, read-only, closed).</exception>
    ValueTask<AppendResult> Append(AppendRequest request, CancellationToken cancellationToken);

    /// <summary>The head and the latest measurement of every attribute of a device.</summary>
    Task<ImmutableArray<StoredHead>> GetHeads(string tenant, string serviceId, CancellationToken cancellationToken);

    /// <summary>Measurements above a sequence, in the order of sequences.</summary>
    Task<EventPage> ReadAfter(string tenant, string serviceId, string attribute, long after, int limit, CancellationToken cancellationToken);

    /// <summary>Measurements by time.</summary>
    Task<HistoryPage> GetHistory(string tenant, string serviceId, HistoryQuery query, CancellationToken cancellationToken);

    /// <summary>Positions of an edge's epoch above one, ascending.</summary>
    Task<ImmutableArray<long>> GetPositions(string tenant, string edgeId, string epoch, long above, CancellationToken cancellationToken);

    /// <summary>Forgets positions up to the one that the edge holds as acknowledged, and those of its other epochs.</summary>
    Task PrunePositions(string tenant, string edgeId, string epoch, long acknowledged, CancellationToken cancellationToken);

    /// <summary>Removes rows of an attribute measured before a time; the head and the latest row stay.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="continuous">True: only continuous values; false: only the others; null: all.</param>
    /// <param name="before">Unix ms.</param>
    /// <param name="cancellationToken">Ends it between two transactions.</param>
    /// <returns>Rows removed.</returns>
    Task<long> Retain(string tenant, string attribute, bool? continuous, long before, CancellationToken cancellationToken);
}
