using Dwapi.Grains.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dwapi.ContentServers;

/// <summary>Adds the adapters to content servers (3DP-2, DECISIONS 32).</summary>
public static class ContentServersExtensions
{
    /// <summary>Adds them; a silo needs them, a web node does not.</summary>
    public static IServiceCollection AddContentServers(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static provider => new OAuthClient(provider.GetRequiredService<TimeProvider>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IContentServerAdapter, OAuthContentServers>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IContentServerAdapter, MyMiniFactoryContentServers>());
        return services;
    }
}
