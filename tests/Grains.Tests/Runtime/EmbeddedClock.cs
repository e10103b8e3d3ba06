using Microsoft.Extensions.DependencyInjection;

namespace Dwapi.Grains.Tests.Runtime;

/// <summary>The embedded runtime has one clock, which the cluster was given already.</summary>
internal static class GrainClock
{
    /// <summary>Streams deliver at once.</summary>
    public static readonly TimeSpan StreamPeriod = TimeSpan.Zero;

    public static void UseGrainClock(this IServiceCollection services, TimeProvider clock) => services.AddSingleton(clock);
}
