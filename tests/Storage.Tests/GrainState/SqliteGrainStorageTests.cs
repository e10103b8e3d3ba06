using Dwapi.Storage.GrainState;
using Dwapi.Storage.Tests.Sqlite;

namespace Dwapi.Storage.Tests.GrainState;

public sealed class SqliteGrainStorageTests : GrainStorageContract, IAsyncDisposable
{
    private readonly TemporaryDatabase _database = new();

    public SqliteGrainStorageTests() => Table = new SqliteStateTable(_database.Database);

    private protected override IStateTable Table { get; }

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
