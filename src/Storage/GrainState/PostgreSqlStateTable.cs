using Dwapi.Storage.PostgreSql;

namespace Dwapi.Storage.GrainState;

/// <summary>Table <c>grain_state</c> of a database that several silos may share.</summary>
internal sealed class PostgreSqlStateTable(PostgreSqlDatabase database) : IStateTable
{
    public async Task<StoredState?> Read(string grain, string state) => (await database.Query(
        "SELECT version, convert_to(data, 'UTF8') FROM grain_state WHERE grain = $1 AND state = $2",
        static reader => new StoredState(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)),
        CancellationToken.None,
        grain,
        state)).FirstOrDefault();

    // Not cancellable: a caller that has gone would not know which version there is.
    public async Task<long> Replace(string grain, string state, long expected, StoredState? replacement)
    {
        var changed = (expected, replacement) switch
        {
            (0, null) => 0,
            (0, _) => await database.Execute(
                "INSERT INTO grain_state (grain, state, version, data) VALUES ($1, $2, $3, convert_from($4, 'UTF8')) ON CONFLICT DO NOTHING",
                CancellationToken.None,
                grain,
                state,
                replacement.Version,
                replacement.Data),
            (_, null) => await database.Execute(
                "DELETE FROM grain_state WHERE grain = $1 AND state = $2 AND version = $3", CancellationToken.None, grain, state, expected),
            _ => await database.Execute(
                "UPDATE grain_state SET version = $4, data = convert_from($5, 'UTF8') WHERE grain = $1 AND state = $2 AND version = $3",
                CancellationToken.None,
                grain,
                state,
                expected,
                replacement.Version,
                replacement.Data),
        };
        return changed == 1 ? expected : (await Read(grain, state))?.Version ?? 0;
    }
}
