using Dwapi.Actors.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;

namespace Orleans.Hosting;

/// <summary>Adds streams in memory.</summary>
public static class SiloBuilderMemoryStreamExtensions
{
    /// <summary>Adds a provider of this name. Events are delivered at once, in the order of each stream.</summary>
    public static ISiloBuilder AddMemoryStreams(this ISiloBuilder builder, string name, Action<ISiloMemoryStreamConfigurator>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        configure?.Invoke(new NothingToConfigure());
        builder.Services.AddKeyedSingleton<IStreamProvider>(name, static (services, key) =>
            new MemoryStreamProvider((string)key!, services.GetRequiredService<ActorRuntime>()));
        return builder;
    }

    private sealed class NothingToConfigure : ISiloMemoryStreamConfigurator;
}
