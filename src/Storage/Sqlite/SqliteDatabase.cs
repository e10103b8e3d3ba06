using Dwapi.Grains.Ports;
using Dwapi.Storage.Commits;
using Dwapi.Storage.Directories;
using Dwapi.Storage.Hosting;
using Dwapi.Storage.Migrations;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Dwapi.Storage.Sqlite;

/// <summary>The one file of a data directory: its lock, its schema, its writer and its readers. What is kept in it is said by others.</summary>
internal sealed class SqliteDatabase : IStoreDatabase, IDisposable
{
    /// <summary>Name of the file.</summary>
    internal const string FileName = "dwapi.db";

    private readonly DataDirectory _directory;
    private readonly SqliteReaders _readers;

    private SqliteDatabase(DataDirectory directory, SqliteReaders readers, SqliteWriter writer, string epoch)
    {
        _directory = directory;
        _readers = readers;
        Writer = writer;
        Epoch = epoch;
    }

    /// <summary>Made with the file.</summary>
    public string Epoch { get; }

    /// <summary>The one writer.</summary>
    public SqliteWriter Writer { get; }

    static SqliteDatabase() => SQLitePCL.Batteries_V2.Init();

    /// <summary>Takes the directory, opens the file and brings it to the newest schema.</summary>
    /// <exception cref="DataDirectoryException">It cannot be used; one line that says why and what to do.</exception>
    public static SqliteDatabase Open(string directory, TimeProvider time, ICommitProbe probe, ILogger logger)
    {
        var taken = DataDirectory.Take(directory);
        var path = Path.Combine(directory, FileName);
        SqliteSession? session = null;
        try
        {
            MakePrivate(path);
            session = SqliteSession.OpenWriter(path);
            var schema = SqliteMigrator.Migrate(session, path, MigrationSet.Of("Sqlite"), time);
            var epoch = ReadEpoch(session);
            Log.StoreOpened(logger, path, epoch, schema);
            return new SqliteDatabase(taken, new SqliteReaders(path), new SqliteWriter(path, session, probe, logger), epoch);
        }
        catch (Exception fault) when (fault is SqliteException or DataDirectoryException)
        {
            session?.Dispose();
            taken.Dispose();
            throw fault is SqliteException ? new DataDirectoryException(StoreFault.Explain(path, fault).Message, fault) : fault;
        }
    }

    // Health data is for the owner of the process only; SQLite gives its log files the mode of the database.
    private static void MakePrivate(string path)
    {
        if (!OperatingSystem.IsWindows() && !File.Exists(path))
        {
            File.Open(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }).Dispose();
        }
    }

    /// <summary>Runs a read in one snapshot. It is over when this returns: SQLite has no way of waiting for the disk without a thread.</summary>
    public Task<T> Read<TArgument, T>(TArgument argument, Func<SqliteSession, TArgument, T> body, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        try
        {
            return Task.FromResult(_readers.Read(argument, body));
        }
        catch (Exception fault)
        {
            return Task.FromException<T>(fault);
        }
    }

    /// <summary>Runs a change in the writer's next transaction; durable when it returns.</summary>
    public ValueTask<T> Write<T>(Func<SqliteSession, T> body, CancellationToken cancellationToken) =>
        Writer.Submit(new StoreAction<T>(body, cancellationToken), cancellationToken);

    /// <summary>It is open as soon as there is one.</summary>
    public Task Open(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public async Task<string?> FindFault(CancellationToken cancellationToken)
    {
        if (Writer.Fault is null)
        {
            return null;
        }

        try
        {
            // An unready node gets no traffic that would show that the cause is gone, so this is the write that tries.
            // Of the size of a batch: on a full disk one page often still finds a place, and a row that does not change needs none.
            await Run("INSERT OR REPLACE INTO store (name, value) VALUES ('probe', randomblob(262144))");
            await Run("DELETE FROM store WHERE name = 'probe'");
            return null;
        }
        catch (MeasurementStoreException fault)
        {
            return fault.Message;
        }

        ValueTask<bool> Run(string sql) => Write(
            session =>
            {
                session.Prepare(sql).Run();
                return true;
            },
            cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        _readers.Dispose();
        _directory.Dispose();
    }

    // For containers that are not disposed of asynchronously; the writer ends by itself.
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static string ReadEpoch(SqliteSession session)
    {
        var statement = session.Prepare("SELECT value FROM store WHERE name = 'epoch'");
        statement.Step();
        var epoch = statement.Text(0);
        statement.Reset();
        return epoch;
    }
}
