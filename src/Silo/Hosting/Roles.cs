using Dwapi.ContentServer;
using Dwapi.ContentServers;
using Dwapi.Grains.Hosting;
using Dwapi.Grains.Settings;
using Dwapi.Storage;
using Dwapi.WebApi;
using Dwapi.WebApi.Draining;
using Dwapi.WebApi.Fhir;
using Dwapi.WebApi.Management;
using Dwapi.WebApi.Management.Console;
using Dwapi.WebApi.PluginLink;
using Microsoft.Extensions.Options;

namespace Dwapi.Silo.Hosting;

/// <summary>Which parts this process has: <c>silo</c> (grains and store), <c>web</c> (every door), or both (default).</summary>
internal static class Roles
{
    /// <summary>Adds the parts of the configured roles.</summary>
    public static void AddRoles(this WebApplicationBuilder builder)
    {
        var silo = Has(builder.Configuration, "silo");
        var web = Has(builder.Configuration, "web");
        if (!silo && !web)
        {
            throw new StartUpException($"Dwapi:Roles is 'silo', 'web' or 'silo,web', not '{Configured(builder.Configuration)}'.");
        }

        ActorRuntime.Check(builder.Configuration, silo, web);
        builder.Services.AddDwapiGrains(builder.Configuration);
        builder.Services.AddDrain();
        if (silo)
        {
            builder.Services.AddDwapiStorage();
            builder.Services.AddContentServers();
        }

        builder.AddActorRuntime(silo);
        if (web)
        {
            builder.Services.AddGotapi();
            builder.Services.AddPluginLink();
            builder.Services.AddManagement();
        }

        // One process has both: who logs in there, and who serves it.
        if (silo && web)
        {
            builder.Services.AddContentServer(OwnContentServer.NewLogin());
            builder.Services.AddHostedService<OwnContentServer>();
        }
    }

    /// <summary>Maps the doors of the configured roles.</summary>
    public static void MapRoles(this WebApplication app)
    {
        if (Has(app.Configuration, "web"))
        {
            app.MapGotapi();
            app.MapPluginLink();
            app.MapManagement();
            app.MapFhir();
            app.MapConsole();
        }

        if (Has(app.Configuration, "web") && Has(app.Configuration, "silo") && OwnContentServer.IsWanted(
            app.Services.GetRequiredService<IOptions<PrintingOptions>>().Value, app.Services.GetRequiredService<IOptions<DwapiOptions>>().Value))
        {
            app.MapContentServer();
        }
    }

    private static bool Has(IConfiguration configuration, string role) => Configured(configuration).Split(',').Contains(role);

    private static string Configured(IConfiguration configuration) =>
        configuration[$"{DwapiOptions.Section}:{nameof(DwapiOptions.Roles)}"] ?? "silo,web";
}
