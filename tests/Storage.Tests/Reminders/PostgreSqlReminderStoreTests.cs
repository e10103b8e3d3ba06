using Dwapi.Actors;
using Dwapi.Storage.PostgreSql;
using Dwapi.Storage.Reminders;
using Dwapi.Storage.Tests.PostgreSql;

namespace Dwapi.Storage.Tests.Reminders;

public sealed class PostgreSqlReminderStoreTests : ReminderStoreContract, IAsyncLifetime
{
    private TemporaryPostgreSql? _schema;
    private PostgreSqlDatabase? _database;

    private protected override IReminderStore Store => new PostgreSqlReminderStore(_database!);

    public async ValueTask InitializeAsync()
    {
        _schema = await TemporaryPostgreSql.Make();
        _database = _schema.Database;
    }

    public async ValueTask DisposeAsync()
    {
        if (_schema is not null)
        {
            await _schema.DisposeAsync();
        }
    }

    private protected override async Task Reopen() => _database = await _schema!.Open();
}
