using System.Collections.Immutable;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Ports;
using Dwapi.Storage.PostgreSql;
using Dwapi.Storage.Retention;
using Npgsql;

namespace Dwapi.Storage.Measurements;

/// <summary>The measurement store in a PostgreSQL database, which several silos may share.</summary>
internal sealed class PostgreSqlMeasurementStore(PostgreSqlDatabase database) : IMeasurementStore, IRetainedTenants
{
    // One transaction may not keep what autovacuum waits for longer than this takes.
    private const int RetainAtOnce = 10_000;

    public string Epoch => database.Epoch;

    public ValueTask<AppendResult> Append(AppendRequest request, CancellationToken cancellationToken) =>
        database.Writer.Submit(request, cancellationToken);

    public Task<ImmutableArray<StoredHead>> GetHeads(string tenant, string serviceId, CancellationToken cancellationToken) =>
        PostgreSqlMeasurementReads.Heads(database, tenant, serviceId, cancellationToken);

    public Task<EventPage> ReadAfter(
        string tenant, string serviceId, string attribute, long after, int limit, CancellationToken cancellationToken) =>
        PostgreSqlMeasurementReads.After(database, tenant, serviceId, attribute, after, limit, cancellationToken);

    public Task<HistoryPage> GetHistory(string tenant, string serviceId, HistoryQuery query, CancellationToken cancellationToken) =>
        PostgreSqlMeasurementReads.History(database, tenant, serviceId, query, cancellationToken);

    public Task<ImmutableArray<long>> GetPositions(
        string tenant, string edgeId, string epoch, long above, CancellationToken cancellationToken) =>
        database.Query(
            """
            SELECT p.sequence FROM edge_epoch e JOIN position p ON p.edge_epoch = e.id
            WHERE e.tenant = $1 AND e.edge = $2 AND e.epoch = $3 AND p.sequence > $4
            ORDER BY p.sequence
            """,
            static reader => reader.GetInt64(0),
            cancellationToken,
            tenant,
            edgeId,
            epoch,
            above);

    // The first statement locks the epoch: an append that read the old acknowledgement has committed by then, or waits and reads the new one.
    public Task PrunePositions(string tenant, string edgeId, string epoch, long acknowledged, CancellationToken cancellationToken) =>
        database.Run(
            async (connection, token) =>
            {
                await using var prune = new NpgsqlBatch(connection)
                {
                    BatchCommands =
                    {
                        PostgreSqlCommands.Batched(
                            """
                            INSERT INTO edge_epoch AS e (tenant, edge, epoch, acknowledged) VALUES ($1, $2, $3, $4)
                            ON CONFLICT (tenant, edge, epoch) DO UPDATE SET acknowledged = GREATEST(e.acknowledged, EXCLUDED.acknowledged)
                            """,
                            tenant,
                            edgeId,
                            epoch,
                            acknowledged),
                        PostgreSqlCommands.Batched(
                            """
                            DELETE FROM position p USING edge_epoch e
                            WHERE e.tenant = $1 AND e.edge = $2 AND p.edge_epoch = e.id AND (e.epoch <> $3 OR p.sequence <= $4)
                            """,
                            tenant,
                            edgeId,
                            epoch,
                            acknowledged),
                        PostgreSqlCommands.Batched(
                            "DELETE FROM edge_epoch WHERE tenant = $1 AND edge = $2 AND epoch <> $3", tenant, edgeId, epoch),
                    },
                };
                return await prune.ExecuteNonQueryAsync(token);
            },
            cancellationToken);

    public async Task<long> Retain(string tenant, string attribute, bool? continuous, long before, CancellationToken cancellationToken)
    {
        var removal = RemovalOf(continuous);
        var removed = 0L;
        int rows;
        do
        {
            rows = await database.Execute(removal, cancellationToken, tenant, attribute, before, (long)RetainAtOnce);
            removed += rows;
        }
        while (rows == RetainAtOnce);
        return removed;
    }

    public Task<ImmutableArray<string>> GetTenants(CancellationToken cancellationToken) =>
        database.Query("SELECT DISTINCT tenant FROM head", static reader => reader.GetString(0), cancellationToken);

    private static string RemovalOf(bool? continuous) => $"""
        DELETE FROM measurement USING (
            SELECT o.head, o.sequence, o.measured_at FROM head h JOIN measurement o ON o.head = h.id
            WHERE h.tenant = $1 AND h.attribute = $2 AND o.measured_at < $3 AND o.sequence <> h.latest_sequence
                {continuous switch { true => "AND o.continuous", false => "AND NOT o.continuous", null => "" }}
            LIMIT $4) AS old
        WHERE measurement.head = old.head AND measurement.sequence = old.sequence AND measurement.measured_at = old.measured_at
            AND measurement.measured_at < $3
        """;
}
