using Dwapi.Grains;
using Dwapi.Grains.Ports;
using Dwapi.Grains.Settings;
using Dwapi.Storage.Commits;
using Dwapi.Storage.GrainState;
using Dwapi.Storage.Hosting;
using Dwapi.Storage.Measurements;
using Dwapi.Storage.PostgreSql;
using Dwapi.Storage.Registry;
using Dwapi.Storage.Retention;
using Dwapi.Storage.Secrets;
using Dwapi.Storage.Sqlite;
using Dwapi.Storage.Usage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace Dwapi.Storage;

/// <summary>Adds the stores of a silo.</summary>
public static class StorageExtensions
{
    /// <summary>
    /// Adds the measurement store, the registry of services, grain storage under <see cref="StateStorage.Provider"/>, the daily retention and the
    /// health check <c>store</c>. <see cref="DwapiOptions.Store"/>, <see cref="DwapiOptions.DataDirectory"/> and the connection string <c>Dwapi</c> say
    /// where; the host binds them.
    /// The store is opened and migrated before any other part of the host starts.
    /// </summary>
    /// <remarks>
    /// Starting the host throws <see cref="DataDirectoryException"/> when the directory cannot be used, <see cref="DatabaseException"/> when the
    /// PostgreSQL database cannot.
    /// </remarks>
    public static IServiceCollection AddDwapiStorage(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ICommitProbe>(NoCommitProbe.Instance);
        services.AddSingleton(static provider => SqliteDatabase.Open(
            provider.GetRequiredService<IOptions<DwapiOptions>>().Value.DataDirectory,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ICommitProbe>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("Dwapi.Storage")));
        services.AddSingleton(static provider => new PostgreSqlDatabase(
            StoreKind.ConnectionString(provider),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ICommitProbe>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<ISecretBox, SecretBox>();
        services.AddSingleton<MemoryMeasurementStore>();
        services.AddSingleton<MemoryServiceRegistry>();
        services.AddSingleton(static provider => StoreKind.Choose<IMeasurementStore>(
            provider, provider.GetRequiredService<MemoryMeasurementStore>, static d => new SqliteMeasurementStore(d), static d => new PostgreSqlMeasurementStore(d)));
        services.AddSingleton(static provider => (IRetainedTenants)provider.GetRequiredService<IMeasurementStore>());
        services.AddSingleton(static provider => StoreKind.Choose<IServiceRegistry>(
            provider, provider.GetRequiredService<MemoryServiceRegistry>, static d => new SqliteServiceRegistry(d), static d => new PostgreSqlServiceRegistry(d)));
        services.AddSingleton(static provider => StoreKind.Choose<IStateTable>(
            provider, static () => new MemoryStateTable(), static d => new SqliteStateTable(d), static d => new PostgreSqlStateTable(d)));
        services.AddSingleton(static provider => StoreKind.Choose<ITenantUsage>(
            provider,
            () => new MemoryTenantUsage(provider.GetRequiredService<MemoryMeasurementStore>(), provider.GetRequiredService<MemoryServiceRegistry>()),
            static d => new SqliteTenantUsage(d),
            static d => new PostgreSqlTenantUsage(d)));
        services.AddKeyedSingleton<IGrainStorage>(
            StateStorage.Provider, static (provider, _) => new JsonGrainStorage(provider.GetRequiredService<IStateTable>()));

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DwapiOptions>, StoreSettingsValidation>());
        services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RetentionOptions>, RetentionOptionsValidation>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StoreOpening>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RetentionService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, MonthService>());
        services.AddHealthChecks().AddCheck<StoreCheck>("store", tags: ["ready"]);
        return services;
    }

    /// <summary>
    /// Refuses to start beside another host on the same PostgreSQL database; for a runtime that is one process. Call it after
    /// <see cref="AddDwapiStorage"/>. (A data directory has its lock file.)
    /// </summary>
    public static IServiceCollection AddDwapiSoleHost(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SoleHost>());
        return services;
    }
}
