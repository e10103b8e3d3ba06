using System.Collections.Immutable;
using Npgsql;

namespace Dwapi.Storage.PostgreSql;

/// <summary>Statements with positional parameters, as this project writes all of them.</summary>
internal static class PostgreSqlCommands
{
    /// <summary>A statement of a batch; parameters are $1, $2, ... in order.</summary>
    public static NpgsqlBatchCommand Batched(string sql, params ReadOnlySpan<object> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        return command;
    }

    /// <summary>Reads all rows of a statement.</summary>
    public static Task<ImmutableArray<T>> Query<T>(
        this PostgreSqlDatabase database, string sql, Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken, params object[] parameters) =>
        database.Read((connection, token) => connection.Query(sql, row, token, parameters), cancellationToken);

    /// <summary>Reads all rows of a statement.</summary>
    public static async Task<ImmutableArray<T>> Query<T>(
        this NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = Command(connection, sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = ImmutableArray.CreateBuilder<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(row(reader));
        }

        return rows.DrainToImmutable();
    }

    /// <summary>Runs a statement in a transaction of its own.</summary>
    /// <returns>Rows that it changed.</returns>
    public static Task<int> Execute(this PostgreSqlDatabase database, string sql, CancellationToken cancellationToken, params object[] parameters) =>
        database.Run(
            async (connection, token) =>
            {
                await using var command = Command(connection, sql, parameters);
                return await command.ExecuteNonQueryAsync(token);
            },
            cancellationToken);

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        return command;
    }
}
