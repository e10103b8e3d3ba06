using System.Collections.Concurrent;
using Dwapi.Grains.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Storage;

namespace Dwapi.Grains.Tests.Runtime;

/// <summary>Gives all silos of a test the stores of the first, as a database does.</summary>
internal sealed class SharedStores
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _shared = new();

    public void ShareIn(IServiceCollection services)
    {
        Share<IMeasurementStore>(services);
        Share<IServiceRegistry>(services);
        var states = services.Single(s => s.ServiceType == typeof(IGrainStorage) && StateStorage.Provider.Equals(s.ServiceKey)).KeyedImplementationFactory!;
        services.AddKeyedSingleton<IGrainStorage>(
            StateStorage.Provider, (provider, key) => (IGrainStorage)First(typeof(IGrainStorage), () => states(provider, key)));
    }

    private void Share<T>(IServiceCollection services)
        where T : class
    {
        var made = services.Single(s => s.ServiceType == typeof(T)).ImplementationFactory!;
        services.Replace(ServiceDescriptor.Singleton(provider => (T)First(typeof(T), () => made(provider))));
    }

    private object First(Type type, Func<object> make) => _shared.GetOrAdd(type, _ => new Lazy<object>(make)).Value;
}
