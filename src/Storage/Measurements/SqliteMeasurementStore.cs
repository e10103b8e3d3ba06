using System.Collections.Immutable;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;
using Dwapi.Storage.Retention;
using Dwapi.Storage.Sqlite;

namespace Dwapi.Storage.Measurements;

/// <summary>The measurement store in the data directory's file.</summary>
internal sealed class SqliteMeasurementStore(SqliteDatabase database) : IMeasurementStore, IRetainedTenants
{
    // One transaction may not hold the writer longer than a large batch does.
    private const int RetainAtOnce = 4096;

    public string Epoch => database.Epoch;

    public ValueTask<AppendResult> Append(AppendRequest request, CancellationToken cancellationToken) =>
        database.Writer.Submit(new SqliteAppend(request, cancellationToken), cancellationToken);

    public Task<ImmutableArray<StoredHead>> GetHeads(string tenant, string serviceId, CancellationToken cancellationToken) =>
        database.Read((tenant, serviceId), static (session, a) => SqliteHeads.All(session, a.tenant, a.serviceId), cancellationToken);

    public Task<EventPage> ReadAfter(
        string tenant, string serviceId, string attribute, long after, int limit, CancellationToken cancellationToken) =>
        database.Read(
            (tenant, serviceId, attribute, after, limit),
            static (session, a) => SqliteMeasurementReads.After(session, a.tenant, a.serviceId, a.attribute, a.after, a.limit),
            cancellationToken);

    public Task<HistoryPage> GetHistory(string tenant, string serviceId, HistoryQuery query, CancellationToken cancellationToken) =>
        database.Read(
            (tenant, serviceId, query),
            static (session, a) => SqliteMeasurementReads.History(session, a.tenant, a.serviceId, a.query),
            cancellationToken);

    public Task<ImmutableArray<long>> GetPositions(
        string tenant, string edgeId, string epoch, long above, CancellationToken cancellationToken) =>
        database.Read(
            (tenant, edgeId, epoch, above),
            static (session, a) => SqlitePositions.Of(session, a.tenant, a.edgeId, a.epoch).Above(session, a.above),
            cancellationToken);

    public Task PrunePositions(string tenant, string edgeId, string epoch, long acknowledged, CancellationToken cancellationToken) =>
        database.Write(
            session =>
            {
                SqlitePositions.Of(session, tenant, edgeId, epoch).Prune(session, acknowledged);
                return true;
            },
            cancellationToken).AsTask();

    public async Task<long> Retain(string tenant, string attribute, bool? continuous, long before, CancellationToken cancellationToken)
    {
        var heads = await database.Read((tenant, attribute), static (session, a) => SqliteRetention.Heads(session, a.tenant, a.attribute), cancellationToken);
        var removed = 0L;
        foreach (var head in heads)
        {
            int rows;
            do
            {
                rows = await database.Write(session => SqliteRetention.Remove(session, head, continuous, before, RetainAtOnce), cancellationToken);
                removed += rows;
            }
            while (rows == RetainAtOnce);
        }

        return removed;
    }

    public Task<ImmutableArray<string>> GetTenants(CancellationToken cancellationToken) =>
        database.Read(true, static (session, _) => SqliteRetention.Tenants(session), cancellationToken);
}
