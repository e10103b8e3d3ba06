using Dwapi.Actors;
using Dwapi.Storage.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dwapi.Storage.Reminders;

/// <summary>Makes the reminders of the embedded runtime durable; compiled for that runtime only.</summary>
public static class ReminderStorage
{
    /// <summary>Replaces the runtime's own store with that of the configured store. Call it beside <c>AddDwapiStorage</c>.</summary>
    public static IServiceCollection AddDwapiReminders(this IServiceCollection services) =>
        services.Replace(ServiceDescriptor.Singleton(static provider => StoreKind.Choose<IReminderStore>(
            provider, static () => new TransientReminderStore(), static d => new SqliteReminderStore(d), static d => new PostgreSqlReminderStore(d))));
}
