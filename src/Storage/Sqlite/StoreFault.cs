using Dwapi.Grains.Ports;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dwapi.Storage.Sqlite;

/// <summary>Tells faults of the file from faults of a request, and says what an operator can do about the former.</summary>
internal static class StoreFault
{
    /// <summary>True when the whole transaction is lost because of the file, the disk or another program.</summary>
    public static bool IsOfTheFile(Exception exception) =>
        exception is SqliteException fault && Advice(fault.SqliteErrorCode) is not null;

    /// <summary>True when the connection may go on being used.</summary>
    public static bool KeepsConnection(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: raw.SQLITE_FULL or raw.SQLITE_BUSY or raw.SQLITE_LOCKED };

    /// <summary>The exception for the callers.</summary>
    public static MeasurementStoreException Explain(string path, Exception exception)
    {
        var advice = (exception is SqliteException fault ? Advice(fault.SqliteErrorCode) : null)
            ?? "the store refused the request; see the log";
        return new MeasurementStoreException($"The store {path} cannot be used now: {advice} ({exception.Message})", exception);
    }

    private static string? Advice(int code) => code switch
    {
        raw.SQLITE_FULL => "the disk is full; free some space, the store goes on by itself",
        raw.SQLITE_READONLY => "the file is read-only; give this user the right to write the file and its directory, the store goes on by itself",
        raw.SQLITE_PERM or raw.SQLITE_AUTH => "access was denied; give this user the right to write the file and its directory",
        raw.SQLITE_CANTOPEN => "the file cannot be opened; check that the directory exists and that this user may write it",
        raw.SQLITE_IOERR => "the disk gave an error; check the volume, the store goes on by itself once it answers",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "the file is damaged; stop the server, then restore a backup or move the file away",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL => "another program holds the file locked; close that program",
        raw.SQLITE_NOMEM => "there is no memory left",
        _ => null,
    };
}
