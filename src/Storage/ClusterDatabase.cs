using Dwapi.Storage.Commits;
using Dwapi.Storage.Migrations;
using Dwapi.Storage.PostgreSql;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dwapi.Storage;

/// <summary>The database of a cluster as a process looks at it before it starts, whether it has a store or not.</summary>
public sealed class ClusterDatabase : IAsyncDisposable
{
    private readonly PostgreSqlDatabase _database;

    /// <summary>Connects to nothing yet.</summary>
    /// <exception cref="DatabaseException">The connection string cannot be used; the message holds no value of it.</exception>
    public ClusterDatabase(string connectionString, TimeProvider time, ILoggerFactory loggers)
    {
        if (PostgreSqlSource.Problem(connectionString) is { } problem)
        {
            throw new DatabaseException($"ConnectionStrings:{PostgreSqlSource.Name} cannot be used: {problem}.");
        }

        _database = new PostgreSqlDatabase(connectionString, time, NoCommitProbe.Instance, loggers);
    }

    /// <summary>Number of the schema that this program works with.</summary>
    public static int Needed { get; } = MigrationSet.Of("PostgreSql").Count;

    /// <summary>How an operator knows it: database and host, no password.</summary>
    public string Name => _database.Name;

    /// <summary>Brings the database to the schema of this program, as the store of a silo does; the first of several silos does it.</summary>
    /// <exception cref="DatabaseException">It cannot be reached, or was made by a newer program.</exception>
    public Task Open(CancellationToken cancellationToken) => _database.Open(cancellationToken);

    /// <summary>Number of the schema that is there; 0 when no silo has ever run.</summary>
    /// <exception cref="DatabaseException">It cannot be reached, or was made by a newer program.</exception>
    public async Task<int> Schema(CancellationToken cancellationToken)
    {
        var present = await Read(cancellationToken);
        return present <= Needed
            ? present
            : throw new DatabaseException($"The database {Name} has schema {present}, this program knows {Needed}: start the newer program.");
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task<int> Read(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _database.Source.OpenConnectionAsync(cancellationToken);
            await using var command = new NpgsqlCommand("SELECT COALESCE(MAX(number), 0) FROM migration", connection);
            return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return 0;
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            throw new DatabaseException(PostgreSqlFault.Explain(Name, fault).Message, fault);
        }
    }
}
