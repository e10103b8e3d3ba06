using Dwapi.Storage.Commits;
using Dwapi.Storage.Hosting;
using Dwapi.Tests.PostgreSql;

namespace Dwapi.Storage.Tests.Crashes;

public sealed class PostgreSqlCrashTests : CrashContract
{
    [Theory]
    [InlineData(nameof(CommitPoint.Written), 40)]
    [InlineData(nameof(CommitPoint.Committed), 40)]
    [InlineData(nameof(CommitPoint.Answered), 40)]
    public async Task Kill_AtACommitPointOfPostgreSql_KeepsWhatWasAcknowledgedExactlyOnce(string point, int time) =>
        await Kill(StoreKind.Postgres, await PrivatePostgreSql.NewSchema(), point, time);
}
