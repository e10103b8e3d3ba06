using Dwapi.Storage.Commits;
using Dwapi.Storage.PostgreSql;
using Dwapi.Tests.PostgreSql;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dwapi.Storage.Tests.PostgreSql;

/// <summary>A schema of one test in the test run's server.</summary>
internal sealed class TemporaryPostgreSql : IAsyncDisposable
{
    private readonly List<PostgreSqlDatabase> _databases = [];

    private TemporaryPostgreSql(string connectionString)
    {
        ApplicationName = $"dwapi {Guid.NewGuid():N}";
        ConnectionString = $"{connectionString};Application Name={ApplicationName}";
    }

    public string ConnectionString { get; }

    /// <summary>Tells this test's sessions from those of others.</summary>
    public string ApplicationName { get; }

    /// <summary>The first silo's.</summary>
    public PostgreSqlDatabase Database => _databases[0];

    public static async Task<TemporaryPostgreSql> Make(ICommitProbe? probe = null, TimeProvider? time = null)
    {
        var schema = new TemporaryPostgreSql(await PrivatePostgreSql.NewSchema());
        await schema.Open(probe, time);
        return schema;
    }

    /// <summary>The database as another silo has it.</summary>
    public async Task<PostgreSqlDatabase> Open(ICommitProbe? probe = null, TimeProvider? time = null)
    {
        var database = new PostgreSqlDatabase(
            ConnectionString, time ?? TimeProvider.System, probe ?? NoCommitProbe.Instance, NullLoggerFactory.Instance);
        _databases.Add(database);
        await database.Open(CancellationToken.None);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _databases)
        {
            await database.DisposeAsync();
        }
    }
}
