using Dwapi.Storage.Commits;
using Dwapi.Storage.Hosting;
using Dwapi.Tests.PostgreSql;
using Npgsql;

namespace Dwapi.Storage.Tests.Crashes;

public sealed class PostgreSqlCrashTests : CrashContract
{
    [Theory]
    [InlineData(nameof(CommitPoint.Written), 40)]
    [InlineData(nameof(CommitPoint.Committed), 40)]
    [InlineData(nameof(CommitPoint.Answered), 40)]
    public async Task Kill_AtACommitPointOfPostgreSql_KeepsWhatWasAcknowledgedExactlyOnce(string point, int time) =>
        await Kill(StoreKind.Postgres, $"{await PrivatePostgreSql.NewSchema()};Application Name=crash {Guid.NewGuid():N}", point, time);

    // The server may still be at a commit that the child asked for: a session ends when it finds nobody to answer to.
    private protected override async Task IsLeftAlone(string place)
    {
        var settings = new NpgsqlConnectionStringBuilder(place) { ApplicationName = "look", Pooling = false };
        await using var source = NpgsqlDataSource.Create(settings);
        await using var sessions = source.CreateCommand("SELECT count(*) FROM pg_stat_activity WHERE application_name = $1");
        sessions.Parameters.Add(new() { Value = new NpgsqlConnectionStringBuilder(place).ApplicationName });
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await sessions.ExecuteScalarAsync(patience.Token) is not 0L)
        {
            await Task.Delay(10, patience.Token);
        }
    }
}
