using Dwapi.Grains.Tests.Runtime;
using Dwapi.Tests.PostgreSql;

namespace Dwapi.Grains.Tests.State;

/// <summary>The same on a PostgreSQL database, where the next silo may be on another machine.</summary>
public sealed class PostgreSqlRestartTests : RestartTests
{
    private readonly Lazy<Task<string>> _schema = new(PrivatePostgreSql.NewSchema);

    private protected override async Task<GrainHost> Start() => await GrainHost.StartOn(await _schema.Value, ApprovedClient.Policy);
}
