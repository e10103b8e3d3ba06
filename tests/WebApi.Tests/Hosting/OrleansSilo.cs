using Dwapi.EndToEnd.Tests.Faults;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace Dwapi.WebApi.Tests.Hosting;

/// <summary>
/// A cluster of one silo, on free ports; only the grains see a test's clock. A call may last as long as its test: a clock that is moved
/// on is no slow call.
/// </summary>
internal static class TestSilo
{
    public static ISiloBuilder UseTestCluster(this ISiloBuilder silo)
    {
        silo.UseLocalhostClustering(FreePort.Next(), FreePort.Next());
        silo.Configure<SiloMessagingOptions>(static options => options.ResponseTimeout = TimeSpan.FromDays(1));
        silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        silo.Services.AddKeyedSingleton<TimeProvider>(
            TimeProviderNames.Grains, static (services, _) => new PollingClock(services.GetRequiredService<TimeProvider>()));
        return silo;
    }

    public static void Streams(ISiloBuilder silo, string name) => silo.AddMemoryStreams(name);

    /// <summary>Streams as the host has them, which forget one that told nothing for 2 s; the stock period is half an hour.</summary>
    public static void ForgetfulStreams(ISiloBuilder silo, string name) => silo.AddMemoryStreams(
        name,
        static streams => streams.ConfigurePullingAgent(static agent => agent.Configure(static options =>
        {
            options.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(10);
            options.StreamInactivityPeriod = TimeSpan.FromSeconds(2);
        })));
}
