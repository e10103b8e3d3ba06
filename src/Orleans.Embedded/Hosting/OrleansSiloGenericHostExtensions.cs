using Dwapi.Actors;
using Dwapi.Actors.Runtime;
using Orleans.Hosting;

namespace Microsoft.Extensions.Hosting;

/// <summary>Puts the runtime into a host, in the words of Orleans.</summary>
public static class OrleansSiloGenericHostExtensions
{
    /// <summary>Adds the embedded runtime.</summary>
    public static IHostApplicationBuilder UseOrleans(this IHostApplicationBuilder hostAppBuilder) =>
        hostAppBuilder.UseOrleans(static _ => { });

    /// <summary>Adds the embedded runtime and configures it.</summary>
    public static IHostApplicationBuilder UseOrleans(this IHostApplicationBuilder hostAppBuilder, Action<ISiloBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(hostAppBuilder);
        ArgumentNullException.ThrowIfNull(configureDelegate);
        hostAppBuilder.Services.AddEmbeddedActors();
        configureDelegate(new EmbeddedSiloBuilder(hostAppBuilder.Services, hostAppBuilder.Configuration));
        return hostAppBuilder;
    }
}
