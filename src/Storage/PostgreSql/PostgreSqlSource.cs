using System.Data.Common;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dwapi.Storage.PostgreSql;

/// <summary>Makes connections of a connection string: always to a server that takes writes, and always with durable commits.</summary>
internal static class PostgreSqlSource
{
    /// <summary>Name among the connection strings: setting <c>ConnectionStrings:Dwapi</c>.</summary>
    public const string Name = "Dwapi";

    /// <summary>What is wrong with a connection string, or null. The answer never holds a value of it: one of them is a password.</summary>
    public static string? Problem(string connectionString)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString);
            return string.IsNullOrEmpty(settings.Host) ? "it names no Host" : null;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            return fault is KeyNotFoundException || fault.Message.Contains("supported", StringComparison.OrdinalIgnoreCase)
                ? fault.Message.Split('\n')[0]
                : "it cannot be read; it looks like Host=db;Username=dwapi;Password=...;Database=dwapi";
        }
    }

    /// <summary>The pool of connections.</summary>
    public static NpgsqlDataSource Create(string connectionString, ILoggerFactory loggers)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        var settings = builder.ConnectionStringBuilder;
        settings.ApplicationName ??= "dwapi";
        if (settings.Options?.Contains("synchronous_commit", StringComparison.Ordinal) != true)
        {
            // Of the session, so that neither the server's configuration nor a pooled connection's reset makes an acknowledgement a guess.
            settings.Options = $"{settings.Options} -c synchronous_commit=on".TrimStart();
        }

        // A server that died without a word is found by these, where the connection string does not say otherwise.
        settings.Timeout = Unless(connectionString, "Timeout", settings.Timeout, 5);
        settings.CommandTimeout = Unless(connectionString, "Command Timeout", settings.CommandTimeout, 15);
        builder.UseLoggerFactory(loggers);
        if (settings.Host?.Contains(',', StringComparison.Ordinal) != true)
        {
            return builder.Build();
        }

        settings.TargetSessionAttributes = null;
        return builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary);
    }

    private static int Unless(string connectionString, string keyword, int configured, int ours) =>
        new DbConnectionStringBuilder { ConnectionString = connectionString }.ContainsKey(keyword) ? configured : ours;
}
