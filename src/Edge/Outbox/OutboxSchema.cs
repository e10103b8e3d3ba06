using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dwapi.Edge.Outbox;

/// <summary>The file of the outbox: how it is opened and what is in it.</summary>
internal static class OutboxSchema
{
    private const int Version = 1;

    // "DwOb": tells the file from any other SQLite file given by mistake.
    private const int ApplicationId = 0x44774F62;

    private const string Create =
        """
        CREATE TABLE outbox (epoch TEXT NOT NULL, acknowledged INTEGER NOT NULL, refused INTEGER NOT NULL);
        CREATE TABLE device (id INTEGER PRIMARY KEY, service TEXT NOT NULL UNIQUE, announcement BLOB);
        CREATE TABLE item (
          sequence INTEGER PRIMARY KEY,
          device INTEGER NOT NULL REFERENCES device (id),
          received INTEGER NOT NULL,
          item BLOB NOT NULL,
          refused TEXT);
        CREATE INDEX item_device ON item (device, sequence);
        """;

    /// <summary>Opens the file for the one writer, creating it with a new epoch when it is not there.</summary>
    public static SqliteConnection OpenWriter(string path)
    {
        var connection = Open(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            // FULL: an append that returned survives a loss of power (DECISIONS 16).
            Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;");
            var version = Number(connection, "PRAGMA user_version");
            if (version == 0 && Number(connection, "SELECT count(*) FROM sqlite_master") == 0)
                CreateIn(connection);
            else
                CheckWhole(connection, path);
            return connection;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw IsDamage(e)
                ? Damaged(path, e.Message, e)
                : new OutboxException($"The outbox {path} cannot be used: {e.Message.TrimEnd('.')}. Check the disk and the right to write the file.", e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens an existing file for reading.</summary>
    public static SqliteConnection OpenReader(string path)
    {
        var connection = Open(path, SqliteOpenMode.ReadOnly);
        try
        {
            Check(connection, path);
            return connection;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw IsDamage(e)
                ? Damaged(path, e.Message, e)
                : new OutboxException($"The outbox {path} cannot be read: {e.Message.TrimEnd('.')}. Check the path and its permissions.", e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs statements without result.</summary>
    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a statement that gives one integer.</summary>
    public static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>Opens a file for reading whatever its state.</summary>
    public static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 30,
        }.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new OutboxException($"The outbox {path} cannot be opened: {e.Message.TrimEnd('.')}. Check the path and its permissions.", e);
        }
    }

    private static void CreateIn(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = $"{Create} INSERT INTO outbox VALUES (@epoch, 0, 0); "
            + $"PRAGMA user_version={Version}; PRAGMA application_id={ApplicationId};";
        command.Parameters.AddWithValue("@epoch", Guid.NewGuid().ToString("N"));
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    // A page that cannot be read would stop everything behind it, hours later and without a word to anybody.
    private static void CheckWhole(SqliteConnection connection, string path)
    {
        Check(connection, path);
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(1)";
        if ((string)command.ExecuteScalar()! is var found and not "ok")
            throw Damaged(path, found.ReplaceLineEndings(" "), null);
    }

    private static bool IsDamage(SqliteException fault) => fault.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    private static OutboxException Damaged(string path, string found, Exception? cause) => new(
        $"The outbox {path} is damaged ({found}). Recover what can be read with outbox --outbox {path} --recover-to NEWFILE, and put NEWFILE "
            + "in its place; or move the file away to begin a new one.",
        cause);

    private static void Check(SqliteConnection connection, string path)
    {
        if (Number(connection, "PRAGMA application_id") != ApplicationId || Number(connection, "PRAGMA user_version") != Version)
            throw new OutboxException($"{path} is not an outbox of this version. Move the file away to begin a new one.");
    }
}
