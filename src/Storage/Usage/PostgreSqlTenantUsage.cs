using Dwapi.Grains.Ports;
using Dwapi.Storage.PostgreSql;

namespace Dwapi.Storage.Usage;

/// <summary>What tenants have in the PostgreSQL database; a trigger counts on each head what retention took.</summary>
internal sealed class PostgreSqlTenantUsage(PostgreSqlDatabase database) : ITenantUsage
{
    public Task<long> CountDevices(string tenant, CancellationToken cancellationToken) =>
        Number("SELECT COUNT(*) FROM announcement WHERE tenant = $1 AND owner", tenant, cancellationToken);

    public Task<long> CountMeasurements(string tenant, CancellationToken cancellationToken) =>
        Number("SELECT COALESCE(SUM(sequence - removed), 0)::bigint FROM head WHERE tenant = $1", tenant, cancellationToken);

    private async Task<long> Number(string sql, string tenant, CancellationToken cancellationToken) =>
        (await database.Query(sql, static reader => reader.GetInt64(0), cancellationToken, tenant))[0];
}
