using Dwapi.Grains.Ports;
using Dwapi.Storage.PostgreSql;
using Npgsql;

namespace Dwapi.Storage.Measurements;

/// <summary>The edges' epochs of a batch. They are locked shared: positions are pruned before the batch or after it, never meanwhile.</summary>
internal sealed class PostgreSqlEdgeEpochs
{
    private readonly List<(string Tenant, string Edge, string Epoch)> _keys = [];
    private readonly Dictionary<(string Tenant, string Edge, string Epoch), EdgeEpoch> _epochs = [];

    public bool AnyMissing => _epochs.Values.Any(static e => e.Id == 0);

    public EdgeEpoch Of(AppendRequest request)
    {
        var key = (request.Tenant, request.EdgeId, request.EdgeEpoch);
        if (!_epochs.TryGetValue(key, out var epoch))
        {
            _epochs.Add(key, epoch = new EdgeEpoch());
            _keys.Add(key);
        }

        return epoch;
    }

    public NpgsqlBatchCommand Lock() => WithKeys("""
        SELECT k.ord, e.id, e.acknowledged
        FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS k (tenant, edge, epoch, ord)
        JOIN edge_epoch e ON e.tenant = k.tenant AND e.edge = k.edge AND e.epoch = k.epoch
        ORDER BY e.id FOR SHARE OF e
        """);

    public NpgsqlBatchCommand AddMissing() => WithKeys("""
        INSERT INTO edge_epoch (tenant, edge, epoch) SELECT k.* FROM unnest($1::text[], $2::text[], $3::text[]) AS k ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING
        """);

    public async Task Read(NpgsqlDataReader reader)
    {
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            var epoch = _epochs[_keys[(int)reader.GetInt64(0) - 1]];
            epoch.Id = reader.GetInt64(1);
            epoch.Acknowledged = reader.GetInt64(2);
        }
    }

    private NpgsqlBatchCommand WithKeys(string sql) => PostgreSqlCommands.Batched(
        sql, _keys.ConvertAll(static k => k.Tenant), _keys.ConvertAll(static k => k.Edge), _keys.ConvertAll(static k => k.Epoch));
}
