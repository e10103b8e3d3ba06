using Dwapi.Storage.Commits;
using Dwapi.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dwapi.Storage.Tests.Sqlite;

/// <summary>A SQLite file of one test.</summary>
internal sealed class TemporaryDatabase : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public TemporaryDatabase(ICommitProbe? probe = null)
    {
        Probe = probe ?? NoCommitProbe.Instance;
        Database = Open();
    }

    public SqliteDatabase Database { get; private set; }

    public string Directory => _directory.Path;

    private ICommitProbe Probe { get; }

    public async Task Reopen()
    {
        await Database.DisposeAsync();
        Database = Open();
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _directory.Dispose();
    }

    private SqliteDatabase Open() => SqliteDatabase.Open(Directory, TimeProvider.System, Probe, NullLogger.Instance);
}
