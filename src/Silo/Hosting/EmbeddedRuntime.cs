using Dwapi.Grains;
using Dwapi.Storage;
using Dwapi.Storage.Reminders;

namespace Dwapi.Silo.Hosting;

/// <summary>The actor runtime of this build: src/Orleans.Embedded, one process.</summary>
internal static class ActorRuntime
{
    /// <summary>As the banner shows it.</summary>
    public const string Name = "Embedded";

    /// <summary>One process has both roles; whoever needs two uses the Orleans build (DECISIONS 25).</summary>
    /// <exception cref="StartUpException">A role is missing.</exception>
    public static void Check(IConfiguration configuration, bool silo, bool web)
    {
        if (!silo || !web)
        {
            throw new StartUpException(
                $"Dwapi:Roles={(silo ? "silo" : "web")} needs a cluster, which the embedded actor runtime does not have. Use Dwapi:Roles=silo,web, or build with ActorRuntime=Orleans.");
        }
    }

    /// <summary>Adds the runtime with its streams; grain state and reminders are kept by src/Storage.</summary>
    public static void AddActorRuntime(this WebApplicationBuilder builder, bool silo)
    {
        if (silo)
        {
            builder.UseOrleans(static runtime => runtime.AddMemoryStreams(Streams.Provider));
            builder.Services.AddDwapiReminders();
            builder.Services.AddDwapiSoleHost();
        }
    }
}
