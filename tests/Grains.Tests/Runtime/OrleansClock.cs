using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Dwapi.Grains.Tests.Runtime;

/// <summary>Under Orleans only the grains see the test's clock: membership and streams of the silo stay on the real one.</summary>
internal static class GrainClock
{
    /// <summary>The agents that pull streams have timers of grains, so that nothing is delivered while the clock stands still.</summary>
    public static readonly TimeSpan StreamPeriod = TimeSpan.FromMilliseconds(100);

    public static void UseGrainClock(this IServiceCollection services, TimeProvider clock)
    {
        services.AddSingleton(clock);
        services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
    }
}
