using Dwapi.Storage.Sqlite;

namespace Dwapi.Storage.GrainState;

/// <summary>Table <c>grain_state</c>; written by the writer of the measurements, in the same group commits.</summary>
internal sealed class SqliteStateTable(SqliteDatabase database) : IStateTable
{
    public Task<StoredState?> Read(string grain, string state) => database.Read(
        (grain, state),
        static (session, a) =>
        {
            var statement = session.Prepare("SELECT version, data FROM grain_state WHERE grain = ?1 AND state = ?2").Bind(1, a.grain).Bind(2, a.state);
            if (!statement.Step())
            {
                return null;
            }

            var stored = new StoredState(statement.Long(0), statement.Blob(1));
            statement.Reset();
            return stored;
        },
        CancellationToken.None);

    // Not cancellable: a caller that has gone would not know which version there is.
    public Task<long> Replace(string grain, string state, long expected, StoredState? replacement) =>
        database.Write(session => Replace(session, grain, state, expected, replacement), CancellationToken.None).AsTask();

    private static long Replace(SqliteSession session, string grain, string state, long expected, StoredState? replacement)
    {
        var present = Version(session, grain, state);
        if (present != expected)
        {
            return present;
        }

        if (replacement is null)
        {
            session.Prepare("DELETE FROM grain_state WHERE grain = ?1 AND state = ?2").Bind(1, grain).Bind(2, state).Run();
        }
        else
        {
            session.Prepare("INSERT OR REPLACE INTO grain_state (grain, state, version, data) VALUES (?1, ?2, ?3, CAST(?4 AS TEXT))")
                .Bind(1, grain).Bind(2, state).Bind(3, replacement.Version).Bind(4, replacement.Data).Run();
        }

        return present;
    }

    private static long Version(SqliteSession session, string grain, string state)
    {
        var statement = session.Prepare("SELECT version FROM grain_state WHERE grain = ?1 AND state = ?2").Bind(1, grain).Bind(2, state);
        if (!statement.Step())
        {
            return 0;
        }

        var version = statement.Long(0);
        statement.Reset();
        return version;
    }
}
