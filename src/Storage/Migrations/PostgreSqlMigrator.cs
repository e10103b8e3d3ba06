using Npgsql;

namespace Dwapi.Storage.Migrations;

/// <summary>
/// Brings a PostgreSQL schema to the newest version, each migration in a transaction of its own. Under an advisory lock: of silos that start
/// at once the first one migrates, the others wait for it and find nothing left to do.
/// </summary>
internal static class PostgreSqlMigrator
{
    private const string Lock = "hashtext('dwapi migration'), hashtext(current_schema())";

    /// <returns>The number of the schema that the database has now.</returns>
    /// <exception cref="DatabaseException">It was made by a newer program, or cannot hold every text.</exception>
    public static async Task<int> Migrate(
        NpgsqlConnection connection, string database, IReadOnlyList<Migration> migrations, TimeProvider time, CancellationToken cancellationToken)
    {
        await Check(connection, database, cancellationToken);
        await Run(connection, $"SELECT pg_advisory_lock({Lock})", cancellationToken);
        try
        {
            await Run(
                connection,
                "CREATE TABLE IF NOT EXISTS migration (number integer PRIMARY KEY, name text NOT NULL, applied_at bigint NOT NULL)",
                cancellationToken);
            var present = (int)(await Scalar(connection, "SELECT COALESCE(MAX(number), 0) FROM migration", cancellationToken))!;
            if (present > migrations.Count)
            {
                throw new DatabaseException(
                    $"The database {database} has schema {present}, this program knows {migrations.Count}: start the newer program, or name another database in ConnectionStrings:Dwapi.");
            }

            foreach (var migration in migrations.Skip(present))
            {
                await Apply(connection, migration, time, cancellationToken);
            }
        }
        finally
        {
            // A connection that broke has let go of it already.
            if (connection.State == System.Data.ConnectionState.Open)
            {
                await Run(connection, $"SELECT pg_advisory_unlock({Lock})", CancellationToken.None);
            }
        }

        return migrations.Count;
    }

    private static async Task Apply(NpgsqlConnection connection, Migration migration, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Run(connection, migration.Sql, cancellationToken);
        await using var note = new NpgsqlCommand("INSERT INTO migration (number, name, applied_at) VALUES ($1, $2, $3)", connection)
        {
            Parameters =
            {
                new() { Value = migration.Number },
                new() { Value = migration.Name },
                new() { Value = time.GetUtcNow().ToUnixTimeMilliseconds() },
            },
        };
        await note.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task Check(NpgsqlConnection connection, string database, CancellationToken cancellationToken)
    {
        if (await Scalar(connection, "SHOW server_encoding", cancellationToken) is not "UTF8")
        {
            throw new DatabaseException($"The database {database} is not in UTF-8; make it with createdb --encoding=UTF8 --template=template0.");
        }

        if (await Scalar(connection, "SELECT current_schema()", cancellationToken) is not string)
        {
            throw new DatabaseException($"The Search Path of ConnectionStrings:Dwapi names no schema of the database {database}; make it with CREATE SCHEMA.");
        }
    }

    private static async Task<object?> Scalar(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    // Without a limit in time: the first silo may have much to do.
    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
