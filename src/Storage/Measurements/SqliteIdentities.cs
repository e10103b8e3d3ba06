using Dwapi.Storage.Sqlite;

namespace Dwapi.Storage.Measurements;

/// <summary>Identities of records that a device may send again (DECISIONS 11).</summary>
internal static class SqliteIdentities
{
    /// <summary>False when the attribute has it already.</summary>
    public static bool TryAdd(SqliteSession session, long head, ReadOnlySpan<byte> identity)
    {
        session.Prepare("INSERT OR IGNORE INTO identity (head, identity) VALUES (?1, ?2)").Bind(1, head).Bind(2, identity).Run();
        return session.Changes == 1;
    }

    public static bool Contains(SqliteSession session, long head, ReadOnlySpan<byte> identity)
    {
        var statement = session.Prepare("SELECT 1 FROM identity WHERE head = ?1 AND identity = ?2").Bind(1, head).Bind(2, identity);
        var found = statement.Step();
        statement.Reset();
        return found;
    }
}
