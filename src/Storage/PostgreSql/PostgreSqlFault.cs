using Dwapi.Grains.Ports;
using Npgsql;

namespace Dwapi.Storage.PostgreSql;

/// <summary>Tells faults of the database from faults of a request, and says what an operator can do about the former.</summary>
internal static class PostgreSqlFault
{
    /// <summary>True when the whole transaction is lost because of the server, the line or the disk.</summary>
    public static bool IsOfTheDatabase(Exception exception) => Advice(exception) is not null;

    /// <summary>True when the same again may succeed at once: two transactions were in each other's way.</summary>
    public static bool IsWorthARetry(Exception exception) => exception is PostgresException
    {
        SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure,
    };

    /// <summary>The exception for the callers.</summary>
    /// <param name="database">How an operator knows the database; no password.</param>
    /// <param name="exception">The cause.</param>
    /// <param name="inDoubt">True when the line broke while the commit was under way.</param>
    public static MeasurementStoreException Explain(string database, Exception exception, bool inDoubt = false)
    {
        var advice = Advice(exception) ?? "the store refused the request; see the log";
        return new MeasurementStoreException($"The database {database} cannot be used now: {advice} ({exception.Message})", exception, inDoubt);
    }

    private static string? Advice(Exception exception) => exception switch
    {
        CommitInDoubtException => Advice(exception.InnerException!),
        PostgresException refused => Advice(refused.SqlState),
        NpgsqlException { InnerException: TimeoutException } => "it does not answer in time; look at its load and its network, the store goes on by itself",
        NpgsqlException => "it cannot be reached; check that it runs and ConnectionStrings:Dwapi, the store goes on by itself once it answers",
        TimeoutException => "it does not answer in time; look at its load and its network, the store goes on by itself",
        _ => null,
    };

    private static string? Advice(string code) => code switch
    {
        PostgresErrorCodes.DiskFull => "the disk of the server is full; free some space, the store goes on by itself",
        PostgresErrorCodes.TooManyConnections => "the server has no connection left; raise max_connections, or lower Maximum Pool Size in ConnectionStrings:Dwapi",
        PostgresErrorCodes.ReadOnlySqlTransaction => "it takes no writes; name the primary in ConnectionStrings:Dwapi, or all hosts with a comma between",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            "the server refused the user; correct Username and Password in ConnectionStrings:Dwapi",
        PostgresErrorCodes.InvalidCatalogName => "there is no such database; make it with createdb, or correct Database in ConnectionStrings:Dwapi",
        PostgresErrorCodes.InsufficientPrivilege => "the user may not do this; make it the owner of the database",
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => "the server reports damaged data; restore a backup",

        // Classes: connection, operator intervention (shut down, starting up), system error, insufficient resources, configuration.
        _ when code.AsSpan(0, 2) is "08" or "57" or "58" or "53" or "F0" =>
            "the server is stopping, starting or out of resources; see its log, the store goes on by itself",
        _ => null,
    };
}
