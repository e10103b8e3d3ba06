using Dwapi.Storage.Hosting;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Dwapi.Storage.PostgreSql;

/// <summary>
/// Keeps a second host of a runtime without clusters off the database, as the lock file does for a data directory: its devices would have two
/// activations. The lock is the session's: it ends with the process, or with the connection, which no other start may happen to meet.
/// </summary>
internal sealed class SoleHost(IServiceProvider services) : IHostedLifecycleService
{
    // The session of a host that was killed just now may take a moment to end.
    private const string Take = """
        SET lock_timeout = '3s';
        SELECT pg_advisory_lock(hashtext('dwapi sole host'), hashtext(current_schema()))
        """;

    private NpgsqlConnection? _connection;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (StoreKind.Database(services) is not PostgreSqlDatabase database)
        {
            return;
        }

        try
        {
            _connection = await database.Source.OpenConnectionAsync(cancellationToken);
            await using var take = new NpgsqlCommand(Take, _connection);
            await take.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new DatabaseException(
                $"The database {database.Name} is in use by another host; stop that one, name another database in ConnectionStrings:Dwapi, or run a cluster with the build of ActorRuntime=Orleans.",
                fault);
        }
        catch (NpgsqlException fault)
        {
            throw new DatabaseException(PostgreSqlFault.Explain(database.Name, fault).Message, fault);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }
}
