using System.Collections.Concurrent;
using Dwapi.Grains.Ports;
using Microsoft.Data.Sqlite;

namespace Dwapi.Storage.Sqlite;

/// <summary>Connections that only read; as many as there are readers at one time. In WAL they neither wait for the writer nor stop it.</summary>
internal sealed class SqliteReaders(string path) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private volatile bool _closed;

    /// <summary>Runs a read in one snapshot, on the caller's thread: a page of rows costs less than handing it to another thread.</summary>
    /// <exception cref="MeasurementStoreException">The file could not be read.</exception>
    public T Read<TArgument, T>(TArgument argument, Func<SqliteSession, TArgument, T> body)
    {
        if (_closed)
        {
            throw new MeasurementStoreException("The store is closed because the server stops.");
        }

        SqliteSession? session = null;
        try
        {
            if (!_idle.TryTake(out session))
            {
                session = SqliteSession.OpenReader(path);
            }

            session.Prepare("BEGIN").Run();
            var result = body(session, argument);
            session.Prepare("COMMIT").Run();
            _idle.Add(session);
            session = null;
            if (_closed)
            {
                Dispose();
            }

            return result;
        }
        catch (SqliteException fault)
        {
            throw StoreFault.Explain(path, fault);
        }
        finally
        {
            // Only a session that failed is still here.
            session?.Dispose();
        }
    }

    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }
}
