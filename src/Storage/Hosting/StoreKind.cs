using Dwapi.Grains.Settings;
using Dwapi.Storage.PostgreSql;
using Dwapi.Storage.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dwapi.Storage.Hosting;

/// <summary>Which of the stores the settings ask for.</summary>
internal static class StoreKind
{
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgres";
    public const string Memory = "memory";

    /// <summary><see cref="DwapiOptions.Store"/>, or what follows from there being a connection string.</summary>
    public static string Of(IServiceProvider services) =>
        Of(services.GetRequiredService<IOptions<DwapiOptions>>().Value, ConnectionString(services));

    /// <summary>The same of settings that are not valid yet.</summary>
    public static string Of(DwapiOptions options, string connectionString) =>
        options.Store.Length > 0 ? options.Store : connectionString.Length > 0 ? Postgres : Sqlite;

    /// <summary><c>ConnectionStrings:Dwapi</c>, or nothing.</summary>
    public static string ConnectionString(IServiceProvider services) =>
        services.GetService<IConfiguration>()?.GetConnectionString(PostgreSqlSource.Name)?.Trim() ?? "";

    /// <summary>One of three, made only when it is asked for.</summary>
    public static T Choose<T>(IServiceProvider services, Func<T> memory, Func<SqliteDatabase, T> sqlite, Func<PostgreSqlDatabase, T> postgres) =>
        Of(services) switch
        {
            Memory => memory(),
            Postgres => postgres(services.GetRequiredService<PostgreSqlDatabase>()),
            _ => sqlite(services.GetRequiredService<SqliteDatabase>()),
        };

    /// <summary>What the stores are kept in; null for memory.</summary>
    public static IStoreDatabase? Database(IServiceProvider services) => Choose<IStoreDatabase?>(services, static () => null, static d => d, static d => d);
}
