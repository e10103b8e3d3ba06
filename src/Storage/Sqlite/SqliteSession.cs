using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dwapi.Storage.Sqlite;

/// <summary>One open connection with its prepared statements; used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    private SqliteSession(SqliteConnection connection) => _connection = connection;

    /// <summary>Rows changed by the last statement.</summary>
    public int Changes => raw.sqlite3_changes(Database);

    /// <summary>True while a transaction is open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(Database) == 0;

    private sqlite3 Database => _connection.Handle!;

    /// <summary>Opens the connection that writes; makes the file when it is not there.</summary>
    public static SqliteSession OpenWriter(string path) => Open(path, SqliteOpenMode.ReadWriteCreate, """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA busy_timeout = 5000;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -65536;
        PRAGMA wal_autocheckpoint = 0;
        PRAGMA journal_size_limit = 67108864;
        """);

    /// <summary>Opens a connection that can only read.</summary>
    public static SqliteSession OpenReader(string path) => Open(path, SqliteOpenMode.ReadWrite, """
        PRAGMA busy_timeout = 5000;
        PRAGMA query_only = ON;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -8192;
        """);

    /// <summary>The statement, prepared at its first use.</summary>
    public SqliteStatement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = new SqliteStatement(Database, sql);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    /// <summary>Runs one or more statements that are not worth keeping.</summary>
    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Pages written since this was last asked.</summary>
    public int TakePagesWritten()
    {
        _ = raw.sqlite3_db_status(Database, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1);
        return pages;
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    private static SqliteSession Open(string path, SqliteOpenMode mode, string pragmas)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            var session = new SqliteSession(connection);
            session.Execute(pragmas);
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
