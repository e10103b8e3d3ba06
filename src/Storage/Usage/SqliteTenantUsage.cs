using Dwapi.Grains.Ports;
using Dwapi.Storage.Sqlite;

namespace Dwapi.Storage.Usage;

/// <summary>
/// What tenants have in the data directory's file. A head knows how many rows it got, because sequences have no holes, and how many
/// retention took: nothing is written for it on the way of a measurement.
/// </summary>
internal sealed class SqliteTenantUsage(SqliteDatabase database) : ITenantUsage
{
    public Task<long> CountDevices(string tenant, CancellationToken cancellationToken) =>
        database.Read(tenant, static (session, t) => Number(session, "SELECT COUNT(*) FROM announcement WHERE tenant = ?1 AND owner = 1", t), cancellationToken);

    public Task<long> CountMeasurements(string tenant, CancellationToken cancellationToken) =>
        database.Read(tenant, static (session, t) => Number(session, "SELECT COALESCE(SUM(sequence - removed), 0) FROM head WHERE tenant = ?1", t), cancellationToken);

    private static long Number(SqliteSession session, string sql, string tenant)
    {
        var statement = session.Prepare(sql).Bind(1, tenant);
        var number = statement.Step() ? statement.Long(0) : 0;
        while (statement.Step())
        {
        }

        return number;
    }
}
