using System.Collections.Concurrent;
using System.Collections.Immutable;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;

namespace Dwapi.WebApi.Tests.PluginLink;

/// <summary>The store with a hand on it: appends of one device can be held up or fail; everything else is the store behind it.</summary>
internal sealed class StoreGate(IMeasurementStore store) : IMeasurementStore
{
    private readonly ConcurrentDictionary<string, Gate> _gates = [];
    private readonly ConcurrentDictionary<string, int> _failures = [];

    public string Epoch => store.Epoch;

    /// <summary>Appends of a device wait from now on, until the gate is opened.</summary>
    public Gate Hold(string serviceId) => _gates[serviceId] = new Gate();

    /// <summary>The next appends of a device fail as on a full disk.</summary>
    public void Fail(string serviceId, int times) => _failures[serviceId] = times;

    public async ValueTask<AppendResult> Append(AppendRequest request, CancellationToken cancellationToken)
    {
        if (_gates.TryGetValue(request.ServiceId, out var gate))
        {
            await gate.PassAsync();
        }

        return TakeFailure(request.ServiceId)
            ? throw new MeasurementStoreException("The disk is full. Make room.")
            : await store.Append(request, cancellationToken);
    }

    private bool TakeFailure(string serviceId)
    {
        while (_failures.TryGetValue(serviceId, out var left) && left > 0)
        {
            if (_failures.TryUpdate(serviceId, left - 1, left))
            {
                return true;
            }
        }

        return false;
    }

    public Task<ImmutableArray<StoredHead>> GetHeads(string tenant, string serviceId, CancellationToken cancellationToken) =>
        store.GetHeads(tenant, serviceId, cancellationToken);

    public Task<EventPage> ReadAfter(string tenant, string serviceId, string attribute, long after, int limit, CancellationToken cancellationToken) =>
        store.ReadAfter(tenant, serviceId, attribute, after, limit, cancellationToken);

    public Task<HistoryPage> GetHistory(string tenant, string serviceId, HistoryQuery query, CancellationToken cancellationToken) =>
        store.GetHistory(tenant, serviceId, query, cancellationToken);

    public Task<ImmutableArray<long>> GetPositions(string tenant, string edgeId, string epoch, long above, CancellationToken cancellationToken) =>
        store.GetPositions(tenant, edgeId, epoch, above, cancellationToken);

    public Task PrunePositions(string tenant, string edgeId, string epoch, long acknowledged, CancellationToken cancellationToken) =>
        store.PrunePositions(tenant, edgeId, epoch, acknowledged, cancellationToken);

    public Task<long> Retain(string tenant, string attribute, bool? continuous, long before, CancellationToken cancellationToken) =>
        store.Retain(tenant, attribute, continuous, before, cancellationToken);

    /// <summary>Holds up appends of one device.</summary>
    internal sealed class Gate
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Entered => _entered.Task;

        public void Open() => _open.TrySetResult();

        public Task PassAsync()
        {
            _entered.TrySetResult();
            return _open.Task;
        }
    }
}
