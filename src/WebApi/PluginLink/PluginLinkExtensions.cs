using Dwapi.Gotapi.Frames;
using Dwapi.WebApi.Draining;
using Dwapi.WebApi.Gotapi;
using Dwapi.WebApi.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dwapi.WebApi.PluginLink;

/// <summary>Puts the plug-in link (GotAPI-4) into a host.</summary>
public static class PluginLinkExtensions
{
    /// <summary>Adds what the link needs.</summary>
    public static IServiceCollection AddPluginLink(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ServerIdentity>();
        services.AddTenants();
        services.AddDrain();
        services.AddSingleton<LinkServices>();
        services.AddSingleton<PluginLinkEndpoint>();
        return services;
    }

    /// <summary>Maps the link at <see cref="LinkLimits.Path"/>, with the WebSocket middleware that it needs.</summary>
    public static IEndpointRouteBuilder MapPluginLink(this IEndpointRouteBuilder endpoints)
    {
        var pipeline = endpoints.CreateApplicationBuilder();
        pipeline.UseWebSockets();
        pipeline.Run(context => context.RequestServices.GetRequiredService<PluginLinkEndpoint>().HandleAsync(context));
        endpoints.Map(LinkLimits.Path, pipeline.Build()).WithDisplayName("GotAPI-4");
        return endpoints;
    }
}
