using System.Collections.Immutable;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;

namespace Dwapi.Grains.Tests.Runtime;

/// <summary>A store that a test can hold up or break; everything else is the store behind it.</summary>
public sealed class StoreProbe(IMeasurementStore store) : IMeasurementStore
{
    private TaskCompletionSource? _gate;

    public string Epoch => store.Epoch;

    public int Appends { get; private set; }

    public int Reads { get; private set; }

    /// <summary>True: every append fails as on a full disk.</summary>
    public bool Broken { get; set; }

    /// <summary>Signalled when an append is held up.</summary>
    public SemaphoreSlim Held { get; } = new(0);

    public List<(string Edge, string Epoch, long Acknowledged)> Pruned { get; } = [];

    public void Hold() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => Interlocked.Exchange(ref _gate, null)?.SetResult();

    public async ValueTask<AppendResult> Append(AppendRequest request, CancellationToken cancellationToken)
    {
        Appends++;
        if (_gate is { } gate)
        {
            Held.Release();
            await gate.Task;
        }

        if (Broken)
            throw new MeasurementStoreException("The disk is full. Make room.");
        return await store.Append(request, cancellationToken);
    }

    public Task<ImmutableArray<StoredHead>> GetHeads(string tenant, string serviceId, CancellationToken cancellationToken) =>
        store.GetHeads(tenant, serviceId, cancellationToken);

    public Task<EventPage> ReadAfter(string tenant, string serviceId, string attribute, long after, int limit, CancellationToken cancellationToken)
    {
        Reads++;
        return store.ReadAfter(tenant, serviceId, attribute, after, limit, cancellationToken);
    }

    public Task<HistoryPage> GetHistory(string tenant, string serviceId, HistoryQuery query, CancellationToken cancellationToken) =>
        store.GetHistory(tenant, serviceId, query, cancellationToken);

    public Task<ImmutableArray<long>> GetPositions(string tenant, string edgeId, string epoch, long above, CancellationToken cancellationToken) =>
        store.GetPositions(tenant, edgeId, epoch, above, cancellationToken);

    public Task PrunePositions(string tenant, string edgeId, string epoch, long acknowledged, CancellationToken cancellationToken)
    {
        Pruned.Add((edgeId, epoch, acknowledged));
        return store.PrunePositions(tenant, edgeId, epoch, acknowledged, cancellationToken);
    }

    public Task<long> Retain(string tenant, string attribute, bool? continuous, long before, CancellationToken cancellationToken) =>
        store.Retain(tenant, attribute, continuous, before, cancellationToken);
}
