using Dwapi.Actors.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Runtime;
using Orleans.Timers;

namespace Dwapi.Actors;

/// <summary>Puts the embedded actor runtime into a host.</summary>
public static class EmbeddedActorExtensions
{
    /// <summary>Adds the runtime. Grains are found in the assemblies that the process is made of. May be called again to configure more.</summary>
    public static IServiceCollection AddEmbeddedActors(this IServiceCollection services, Action<EmbeddedActorOptions>? configure = null)
    {
        services.AddOptions<EmbeddedActorOptions>();
        if (configure is not null)
            services.Configure(configure);
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new ServiceLifetimes(services));
        services.TryAddSingleton<ActorRuntime>();
        services.TryAddSingleton<IClusterClient>(static s => s.GetRequiredService<ActorRuntime>().Client);
        services.TryAddSingleton<IGrainFactory>(static s => s.GetRequiredService<ActorRuntime>().Client);
        services.TryAddSingleton<IGrainContextAccessor, GrainContextAccessor>();
        services.TryAddTransient(static s => s.GetRequiredService<IGrainContextAccessor>().GrainContext);
        services.TryAddSingleton<IReminderStore, MemoryReminderStore>();
        services.TryAddSingleton<ReminderService>();
        services.TryAddSingleton<IReminderRegistry>(static s => s.GetRequiredService<ReminderService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ActorHost>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ReminderService>(
            static s => s.GetRequiredService<ReminderService>()));
        return services;
    }
}
