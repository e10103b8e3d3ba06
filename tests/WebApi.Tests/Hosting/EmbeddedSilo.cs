using Dwapi.Actors;

namespace Dwapi.WebApi.Tests.Hosting;

/// <summary>The embedded runtime has no cluster to join. A call may last as long as its test: a clock that is moved on is no slow call.</summary>
internal static class TestSilo
{
    public static ISiloBuilder UseTestCluster(this ISiloBuilder silo)
    {
        silo.Services.AddEmbeddedActors(options => options.ResponseTimeout = TimeSpan.FromDays(1));
        return silo;
    }

    public static void Streams(ISiloBuilder silo, string name) => silo.AddMemoryStreams(name);
}
