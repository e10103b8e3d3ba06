using System.Collections.Immutable;
using Dwapi.Storage.Sqlite;

namespace Dwapi.Storage.Measurements;

/// <summary>Removal of old rows. Heads, latest rows and identities stay.</summary>
internal static class SqliteRetention
{
    public static ImmutableArray<long> Heads(SqliteSession session, string tenant, string attribute)
    {
        var heads = ImmutableArray.CreateBuilder<long>();
        var statement = session.Prepare("SELECT id FROM head WHERE tenant = ?1 AND attribute = ?2").Bind(1, tenant).Bind(2, attribute);
        while (statement.Step())
        {
            heads.Add(statement.Long(0));
        }

        return heads.DrainToImmutable();
    }

    /// <summary>Removes at most so many rows of one head: continuous ones, the others, or (null) all.</summary>
    /// <returns>Rows removed.</returns>
    public static int Remove(SqliteSession session, long head, bool? continuous, long before, int limit)
    {
        session.Prepare(RemovalOf(continuous)).Bind(1, head).Bind(2, before).Bind(3, limit).Run();
        var removed = session.Changes;
        if (removed > 0)
        {
            session.Prepare("UPDATE head SET removed = removed + ?2 WHERE id = ?1").Bind(1, head).Bind(2, removed).Run();
        }

        return removed;
    }

    // The kind in words and not as a parameter: only then is the index of continuous rows used.
    internal static string RemovalOf(bool? continuous) => $"""
        DELETE FROM measurement WHERE head = ?1 AND sequence IN (
            SELECT sequence FROM measurement
            WHERE head = ?1 AND measured_at < ?2 AND sequence <> (SELECT latest_sequence FROM head WHERE id = ?1)
                {continuous switch { true => "AND continuous", false => "AND NOT continuous", null => "" }}
            LIMIT ?3)
        """;

    public static ImmutableArray<string> Tenants(SqliteSession session)
    {
        var tenants = ImmutableArray.CreateBuilder<string>();
        var statement = session.Prepare("SELECT DISTINCT tenant FROM head");
        while (statement.Step())
        {
            tenants.Add(statement.Text(0));
        }

        return tenants.DrainToImmutable();
    }
}
