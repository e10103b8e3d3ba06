using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;

namespace Dwapi.Actors.Runtime;

/// <summary>Finds stream providers by their names.</summary>
internal static class MemoryStreams
{
    public static IStreamProvider Find(IServiceProvider services, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return services.GetRequiredKeyedService<IStreamProvider>(name);
    }
}
