using Dwapi.Grains.Applications;
using Dwapi.Grains.Ports;
using Dwapi.Grains.Printing;
using Dwapi.Grains.Quotas;
using Dwapi.Grains.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Dwapi.Grains.Hosting;

/// <summary>Adds what the grains need beside the actor runtime and the ports of the store.</summary>
public static class DwapiGrainsExtensions
{
    /// <summary>
    /// Binds <see cref="GotapiOptions"/>, <see cref="DwapiOptions"/> and <see cref="TenancyOptions"/>, checks them at start-up (a wrong setting stops the process with a
    /// line that names it), and makes sure that there is a clock. The host adds the store's ports, a grain storage provider named
    /// <see cref="StateStorage.Provider"/> and a stream provider named <see cref="Streams.Provider"/>.
    /// </summary>
    public static IServiceCollection AddDwapiGrains(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GotapiOptions>()
            .Bind(configuration.GetSection(GotapiOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddOptions<DwapiOptions>()
            .Bind(configuration.GetSection(DwapiOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddOptions<TenancyOptions>()
            .Bind(configuration.GetSection(TenancyOptions.Section))
            .ValidateOnStart();
        services.AddOptions<PrintingOptions>()
            .Bind(configuration.GetSection(PrintingOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IContentServerAdapter, OpenContentServers>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GotapiOptions>, GotapiOptionsValidation>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TenancyOptions>, TenancyOptionsValidation>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PrintingOptions>, PrintingOptionsValidation>());
        services.TryAddSingleton<HoldingsByTenant>();
        services.TryAddSingleton<SocketWatch>();
        services.TryAddSingleton(TimeProvider.System);
        return services;
    }
}
