using Dwapi.Actors;
using Dwapi.Storage.Reminders;
using Dwapi.Storage.Tests.Sqlite;

namespace Dwapi.Storage.Tests.Reminders;

public sealed class SqliteReminderStoreTests : ReminderStoreContract, IAsyncDisposable
{
    private readonly TemporaryDatabase _database = new();

    private protected override IReminderStore Store => new SqliteReminderStore(_database.Database);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private protected override Task Reopen() => _database.Reopen();
}
