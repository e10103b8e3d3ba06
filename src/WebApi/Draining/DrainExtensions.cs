using Dwapi.Grains.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Dwapi.WebApi.Draining;

/// <summary>Lets a process end in order.</summary>
public static class DrainExtensions
{
    /// <summary>Adds the steps of a stop, bounded by <see cref="DwapiOptions.DrainTimeout"/>. Every role has them; adding them twice is harmless.</summary>
    public static IServiceCollection AddDrain(this IServiceCollection services)
    {
        if (services.Any(static service => service.ServiceType == typeof(NodeDrain)))
        {
            return services;
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<NodeDrain>();
        services.AddHostedService<DrainService>();
        services.AddOptions<HostOptions>().Configure<IOptions<DwapiOptions>>(
            static (host, dwapi) => host.ShutdownTimeout = dwapi.Value.DrainTimeout);
        return services;
    }
}
