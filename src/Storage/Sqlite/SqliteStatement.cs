using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dwapi.Storage.Sqlite;

/// <summary>
/// A prepared statement on SQLite's own calls: ADO.NET's parameters box every number and copy every blob twice, which is most of the
/// cost of a row on the ingest path. Columns count from 0, parameters from 1, as in SQLite.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private const int StackText = 256;
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(sqlite3 database, string sql)
    {
        _database = database;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, sql, out _statement), database);
    }

    public SqliteStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, bool value) => Bind(parameter, value ? 1L : 0L);

    public SqliteStatement Bind(int parameter, string value)
    {
        if (value.Length == 0)
        {
            // An empty span would be bound as NULL.
            Check(raw.sqlite3_bind_text(_statement, parameter, value));
            return this;
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var utf8 = most <= StackText ? stackalloc byte[StackText] : new byte[most];
        Check(raw.sqlite3_bind_text(_statement, parameter, utf8[..Encoding.UTF8.GetBytes(value, utf8)]));
        return this;
    }

    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(_statement, parameter, 0)
            : raw.sqlite3_bind_blob(_statement, parameter, value));
        return this;
    }

    /// <summary>Moves to the next row; false, and reset, when there is none.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        var message = code == raw.SQLITE_DONE ? null : new SqliteException(
            raw.sqlite3_errmsg(_database).utf8_to_string(), code & 0xFF, raw.sqlite3_extended_errcode(_database));
        _ = raw.sqlite3_reset(_statement);
        return message is null ? false : throw message;
    }

    /// <summary>Runs a statement that gives no rows.</summary>
    public void Run()
    {
        while (Step())
        {
        }
    }

    /// <summary>Needed only where not all rows were read: an open statement keeps its snapshot.</summary>
    public void Reset() => _ = raw.sqlite3_reset(_statement);

    public long Long(int column) => raw.sqlite3_column_int64(_statement, column);

    public bool Bool(int column) => Long(column) != 0;

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    /// <summary>A copy of the bytes.</summary>
    public byte[] Blob(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(code, _database);
        }
    }
}
