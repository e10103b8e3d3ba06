using Dwapi.ActorRuntime.Tests.Runtime;
using Dwapi.ActorRuntime.Tests.Storage;
using Dwapi.Tests.PostgreSql;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Storage;

namespace Dwapi.ActorRuntime.Tests.PostgreSql;

/// <summary>The cluster schema of the product (DECISIONS 26) under the providers of Orleans.</summary>
internal static class ActorDatabase
{
    private const string Invariant = "Npgsql";

    /// <summary>A database with the schema. Skips the test when PostgreSQL is not installed.</summary>
    /// <returns>Its connection string.</returns>
    public static async Task<string> Create()
    {
        var database = await PrivatePostgreSql.NewSchema();
        await using var source = NpgsqlDataSource.Create(database + ";Pooling=false");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Migrations")).Order(StringComparer.Ordinal))
        {
            await using var migration = source.CreateCommand(await File.ReadAllTextAsync(file));
            await migration.ExecuteNonQueryAsync();
        }

        return database;
    }

    /// <summary>As <see cref="TestSilo.Configure"/>, with everything that is kept in the database.</summary>
    public static void Configure(ISiloBuilder silo, string database)
    {
        foreach (var storage in (string[])["Default", TestSilo.Memory, "PubSubStore"])
        {
            silo.AddAdoNetGrainStorage(storage, options =>
            {
                options.Invariant = Invariant;
                options.ConnectionString = database;
                options.DeleteStateOnClear = true;
            });
        }

        silo.UseAdoNetReminderService(options =>
        {
            options.Invariant = Invariant;
            options.ConnectionString = database;
        });
        silo.Services.AddKeyedSingleton<IGrainStorage, ConflictingStorage>(TestSilo.Conflicting);
        silo.AddMemoryStreams(TestSilo.Streams);
    }
}
