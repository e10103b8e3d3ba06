using Dwapi.WebApi.Doors;
using Dwapi.WebApi.Draining;
using Dwapi.WebApi.Events;
using Dwapi.WebApi.Gotapi;
using Dwapi.WebApi.Gotapi.Profiles;
using Dwapi.WebApi.Probes;
using Dwapi.WebApi.Sessions;
using Dwapi.WebApi.Tenants;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Dwapi.WebApi;

/// <summary>Registers GotAPI-1, -2 and -5.</summary>
public static class GotapiServices
{
    // Kestrel refuses above this without an answer that a GotAPI client could read; our own limit below it answers (DECISIONS 8).
    private const int KestrelHeaderLimit = 64 * 1024;

    /// <summary>
    /// Adds what <see cref="GotapiEndpoints.MapGotapi"/> needs. The host binds GotapiOptions and DwapiOptions and adds the actor runtime's
    /// client.
    /// </summary>
    public static IServiceCollection AddGotapi(this IServiceCollection services)
    {
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestHeadersTotalSize = KestrelHeaderLimit;
            kestrel.Limits.MaxRequestLineSize = KestrelHeaderLimit;
        });

        // The framework writes the whole query of every request there, and the query carries tokens (gotapi-1.1 section 10, 14 and 17).
        // Not even its errors, which Kestrel logs too: while the category is on, every request and every socket has an Activity and scopes.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None));
        services.TryAddSingleton(TimeProvider.System);
        services.AddTenants();
        services.AddSingleton<HostNames>();
        services.AddSingleton<RemoteAddress>();
        services.AddSingleton<ServerDoor>();
        services.AddSingleton<OriginDoor>();
        services.AddSingleton<AuthorizationRate>();
        services.AddSingleton<SocketCount>();
        services.AddDrain();
        services.AddHealthChecks().AddCheck<SilosCheck>("silos", tags: ["ready"]);
        services.AddSingleton<SessionCache>();
        services.TryAddSingleton<ServerIdentity>();
        services.AddSingleton<Answers>();
        services.AddSingleton<HmacKeys>();
        services.AddSingleton<RequestBody>();
        services.AddSingleton<ServiceDirectory>();
        services.AddSingleton<PluginGrants>();
        services.AddSingleton<PluginProfile>();
        services.AddSingleton<IProfileHandler, AvailabilityProfile>();
        services.AddSingleton<IProfileHandler, AuthorizationProfile>();
        services.AddSingleton<IProfileHandler, ServiceDiscoveryProfile>();
        services.AddSingleton<IProfileHandler, ServiceInformationProfile>();
        services.AddSingleton<IProfileHandler, SystemProfile>();
        services.AddSingleton<IProfileHandler, HealthProfile>();
        services.AddSingleton<IProfileHandler, PrinterProfile>();
        services.AddSingleton<PrintingCommands>();
        services.AddSingleton<GotapiDispatcher>();
        services.AddSingleton<EventHub>();
        services.AddHostedService(provider => provider.GetRequiredService<EventHub>());
        services.AddSingleton<NodeSockets>();
        services.AddSingleton<SocketEndpoint>();
        return services;
    }
}
