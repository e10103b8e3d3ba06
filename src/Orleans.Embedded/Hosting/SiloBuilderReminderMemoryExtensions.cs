using Dwapi.Actors;
using Dwapi.Actors.Runtime;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orleans.Hosting;

/// <summary>Adds reminders that are forgotten when the process ends.</summary>
public static class SiloBuilderReminderMemoryExtensions
{
    /// <summary>Adds them. A registered <see cref="IReminderStore"/> is kept: it makes them durable.</summary>
    public static ISiloBuilder UseInMemoryReminderService(this ISiloBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<IReminderStore, MemoryReminderStore>();
        return builder;
    }
}
