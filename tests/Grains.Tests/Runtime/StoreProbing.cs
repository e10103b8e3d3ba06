using Dwapi.Grains.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Dwapi.Grains.Tests.Runtime;

/// <summary>Puts a <see cref="StoreProbe"/> before the store.</summary>
internal static class StoreProbing
{
    public static void ProbeStore(this IServiceCollection services)
    {
        var store = services.Single(service => service.ServiceType == typeof(IMeasurementStore)).ImplementationFactory!;
        services.Replace(ServiceDescriptor.Singleton<IMeasurementStore>(provider => new StoreProbe((IMeasurementStore)store(provider))));

        // The daily retention wants more of the store than its port; no test of the grains is about it.
        services.Remove(services.Single(service =>
            service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Name == "RetentionService"));
    }
}
