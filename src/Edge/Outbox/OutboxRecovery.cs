using Microsoft.Data.Sqlite;

namespace Dwapi.Edge.Outbox;

/// <summary>Copies what can be read of a damaged outbox into a new one, item by item, in the order of their numbers.</summary>
/// <remarks>
/// The copy is an epoch of its own with numbers from 1: no acknowledgement ever crosses a hole. What the server had stored and not yet
/// acknowledged is sent under new numbers; only a measurement with an identity is then known as stored before.
/// </remarks>
internal static class OutboxRecovery
{
    // Numbers that are missing one after the other before the end is believed: more than any damaged stretch of pages holds.
    private const int LongestHole = 100_000;

    /// <summary>Copies the items; how many.</summary>
    /// <exception cref="OutboxException">There is no such file, or the new one exists or cannot be written.</exception>
    public static long Recover(string path, string into)
    {
        if (!File.Exists(path))
            throw new OutboxException($"There is no outbox {path}.");
        if (File.Exists(into))
            throw new OutboxException($"{into} exists already. Name a file that does not.");
        using var from = OutboxSchema.Open(path, SqliteOpenMode.ReadOnly);
        using var to = OutboxSchema.OpenWriter(into);
        using var transaction = to.BeginTransaction();
        foreach (var (id, service, announcement) in Devices(from))
            Run(to, "INSERT OR IGNORE INTO device VALUES (@0, @1, @2)", id, service, announcement);
        var copied = 0L;
        foreach (var (device, received, item) in Items(from))
        {
            // The page of its device may be the damaged one: the item names its service itself.
            Run(to, "INSERT OR IGNORE INTO device (id, service) VALUES (@0, 'unknown-' || @0)", device);
            Run(to, "INSERT INTO item VALUES (@0, @1, @2, @3, NULL)", ++copied, device, received, item);
        }

        transaction.Commit();
        return copied;
    }

    private static IEnumerable<(long Id, string Service, object Announcement)> Devices(SqliteConnection from)
    {
        foreach (var row in Rows(from, "SELECT id, service, announcement FROM device WHERE id = @at", 0))
            yield return ((long)row[0], (string)row[1], row[2]);
    }

    private static IEnumerable<(long Device, long Received, byte[] Item)> Items(SqliteConnection from)
    {
        var acknowledged = 0L;
        try
        {
            acknowledged = OutboxSchema.Number(from, "SELECT acknowledged FROM outbox");
        }
        catch (SqliteException)
        {
            // Then everything that is still there is taken for unacknowledged; nothing acknowledged is.
        }

        foreach (var row in Rows(from, "SELECT device, received, item FROM item WHERE sequence = @at", acknowledged))
            yield return ((long)row[0], (long)row[1], (byte[])row[2]);
    }

    /// <summary>One row after the other by its number; a row on a damaged page is passed over.</summary>
    private static IEnumerable<object[]> Rows(SqliteConnection from, string sql, long after)
    {
        using var command = from.CreateCommand();
        command.CommandText = sql;
        var at = command.Parameters.Add("@at", SqliteType.Integer);
        for (var (number, missing) = (after + 1, 0); missing < LongestHole; number++)
        {
            at.Value = number;
            var row = TryRead(command);
            missing = row is null ? missing + 1 : 0;
            if (row is not null)
                yield return row;
        }
    }

    private static object[]? TryRead(SqliteCommand command)
    {
        try
        {
            using var reader = command.ExecuteReader();
            if (!reader.Read())
                return null;
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            return row;
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    private static void Run(SqliteConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"@{i}", values[i]);
        command.ExecuteNonQuery();
    }
}
