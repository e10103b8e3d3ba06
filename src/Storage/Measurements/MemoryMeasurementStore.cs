using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;
using Dwapi.Storage.Retention;

namespace Dwapi.Storage.Measurements;

/// <summary>The same rules without a file: for benchmarks and tests only (<c>Dwapi:Store=memory</c>). Nothing is durable.</summary>
internal sealed class MemoryMeasurementStore : IMeasurementStore, IRetainedTenants
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Tenant, string Service), Dictionary<string, MemoryAttribute>> _devices = [];
    private readonly Dictionary<(string Tenant, string Edge, string Epoch), MemoryPositions> _positions = [];

    public string Epoch { get; } = Guid.NewGuid().ToString("N")[..16];

    public ValueTask<AppendResult> Append(AppendRequest request, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var outcomes = new AppendedItem[request.Items.Length];
            var stored = new Dictionary<string, bool>();
            for (var i = 0; i < outcomes.Length; i++)
            {
                var name = request.Items[i].Attribute;
                var attribute = Attribute(request.Tenant, request.ServiceId, name);
                if (!stored.TryGetValue(name, out var conflict))
                {
                    conflict = attribute.Head.Sequence != AttributeState.Expected(request, name);
                    stored.Add(name, conflict);
                }

                outcomes[i] = Take(request, request.Items[i], attribute, conflict);
            }

            return ValueTask.FromResult(new AppendResult(
                ImmutableCollectionsMarshal.AsImmutableArray(outcomes), outcomes.Any(o => o.Outcome == ReportOutcome.Repeat)));
        }
    }

    public Task<ImmutableArray<StoredHead>> GetHeads(string tenant, string serviceId, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_devices.TryGetValue((tenant, serviceId), out var attributes)
                ? [.. attributes.Values.Where(a => a.Head.Sequence > 0).OrderBy(a => a.Head.Attribute, StringComparer.Ordinal)
                    .Select(a => new StoredHead(a.Head.Attribute, a.Head.Sequence, a.Head.Latest!, a.Head.LatestEdge))]
                : ImmutableArray<StoredHead>.Empty);
        }
    }

    public Task<EventPage> ReadAfter(
        string tenant, string serviceId, string attribute, long after, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var stored = Attribute(tenant, serviceId, attribute);
            var events = ImmutableArray.CreateBuilder<Measurement>();
            var gap = false;
            foreach (var row in stored.Rows.Values.Where(r => r.Sequence > after).Take(limit))
            {
                if (EventPages.EndsBefore(events, after, row.Sequence, ref gap))
                {
                    break;
                }

                events.Add(row);
            }

            return Task.FromResult(EventPages.Of(events, gap, after, stored.Head.Sequence));
        }
    }

    public Task<HistoryPage> GetHistory(string tenant, string serviceId, HistoryQuery query, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var rows = Attribute(tenant, serviceId, query.Attribute).Rows.Values.Where(r => r.MeasuredAt >= query.From && r.MeasuredAt < query.To);
            rows = query.NewestFirst
                ? rows.OrderByDescending(r => (r.MeasuredAt, r.Sequence))
                : rows.OrderBy(r => (r.MeasuredAt, r.Sequence));
            if (query.Cursor.Length > 0)
            {
                var cursor = HistoryCursor.Parse(query.Cursor);
                var direction = query.NewestFirst ? -1 : 1;
                rows = rows.Where(r => (r.MeasuredAt, r.Sequence).CompareTo((cursor.MeasuredAt, cursor.Sequence)) * direction > 0);
            }

            var page = rows.Take(query.Limit + 1).ToList();
            var more = page.Count > query.Limit;
            if (more)
            {
                page.RemoveAt(query.Limit);
            }

            return Task.FromResult(new HistoryPage(
                [.. page], more ? new HistoryCursor(page[^1].MeasuredAt, page[^1].Sequence).ToString() : ""));
        }
    }

    public Task<ImmutableArray<long>> GetPositions(
        string tenant, string edgeId, string epoch, long above, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_positions.TryGetValue((tenant, edgeId, epoch), out var positions)
                ? [.. positions.Settled.Where(p => p > above)]
                : ImmutableArray<long>.Empty);
        }
    }

    public Task PrunePositions(string tenant, string edgeId, string epoch, long acknowledged, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var positions = Positions(tenant, edgeId, epoch);
            positions.Acknowledged = Math.Max(positions.Acknowledged, acknowledged);
            positions.Settled.RemoveWhere(p => p <= acknowledged);
            foreach (var other in _positions.Keys.Where(k => k.Tenant == tenant && k.Edge == edgeId && k.Epoch != epoch).ToList())
            {
                _positions.Remove(other);
            }

            return Task.CompletedTask;
        }
    }

    public Task<long> Retain(string tenant, string attribute, bool? continuous, long before, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var removed = 0L;
            foreach (var stored in _devices.Where(d => d.Key.Tenant == tenant).SelectMany(d => d.Value.Values).Where(a => a.Head.Attribute == attribute))
            {
                var old = stored.Rows.Values.Where(r => r.MeasuredAt < before && r.Sequence != stored.Head.Latest!.Sequence
                    && (continuous is null || continuous == stored.Continuous.Contains(r.Sequence)));
                foreach (var sequence in old.Select(r => r.Sequence).ToList())
                {
                    stored.Rows.Remove(sequence);
                    stored.Continuous.Remove(sequence);
                    removed++;
                }
            }

            return Task.FromResult(removed);
        }
    }

    public long Count(string tenant)
    {
        lock (_lock)
        {
            return _devices.Where(device => device.Key.Tenant == tenant).SelectMany(device => device.Value.Values).Sum(stored => stored.Rows.Count);
        }
    }

    public Task<ImmutableArray<string>> GetTenants(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_devices.Keys.Select(k => k.Tenant).Distinct().ToImmutableArray());
        }
    }

    private AppendedItem Take(AppendRequest request, ReportItem item, MemoryAttribute attribute, bool conflict)
    {
        var positions = Positions(request.Tenant, request.EdgeId, request.EdgeEpoch);
        var identity = Convert.ToHexString(item.Identity.Span);
        var sameIdentity = identity.Length > 0 && attribute.Identities.Contains(identity);
        if (positions.Contains(item.EdgeSequence) || (conflict && sameIdentity))
        {
            return new AppendedItem(ReportOutcome.Duplicate, 0, false);
        }

        if (conflict)
        {
            return new AppendedItem(ReportOutcome.Repeat, 0, false);
        }

        if (item.EdgeSequence != 0)
        {
            positions.Settled.Add(item.EdgeSequence);
        }

        if (sameIdentity)
        {
            return new AppendedItem(ReportOutcome.Duplicate, 0, false);
        }

        if (identity.Length > 0)
        {
            attribute.Identities.Add(identity);
        }

        var taken = attribute.Head.Take(item, request.EdgeId);
        attribute.Rows.Add(taken.Sequence, new Measurement(
            taken.Sequence, item.MeasuredAt, item.ReceivedAt, item.Stamped, item.BatteryLevel, item.Quantities));
        if (item.Continuous)
        {
            attribute.Continuous.Add(taken.Sequence);
        }

        return taken;
    }

    private MemoryPositions Positions(string tenant, string edge, string epoch)
    {
        ref var positions = ref CollectionsMarshal.GetValueRefOrAddDefault(_positions, (tenant, edge, epoch), out _);
        return positions ??= new MemoryPositions();
    }

    private MemoryAttribute Attribute(string tenant, string service, string name)
    {
        ref var attributes = ref CollectionsMarshal.GetValueRefOrAddDefault(_devices, (tenant, service), out _);
        ref var attribute = ref CollectionsMarshal.GetValueRefOrAddDefault(attributes ??= [], name, out _);
        return attribute ??= new MemoryAttribute(name);
    }
}
