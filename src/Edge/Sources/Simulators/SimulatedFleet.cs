using System.Collections.Immutable;

namespace Dwapi.Edge.Sources.Simulators;

/// <summary>Which simulated devices there are.</summary>
internal static class SimulatedFleet
{
    private static readonly ImmutableArray<(Func<int, int, SimulatedDevice> Make, TimeSpan Interval)> Kinds =
    [
        ((number, seed) => new SimulatedThermometer(number, seed), TimeSpan.FromSeconds(5)),
        ((number, seed) => new SimulatedHeartRateMonitor(number, seed), TimeSpan.FromSeconds(1)),
        ((number, seed) => new SimulatedWeightScale(number, seed), TimeSpan.FromSeconds(10)),
        ((number, seed) => new SimulatedBodyCompositionScale(number, seed), TimeSpan.FromSeconds(10)),
    ];

    /// <summary>So many devices, the kinds in turn.</summary>
    /// <param name="devices">How many.</param>
    /// <param name="rate">Measurements per second over all of them; null for each kind's own pace.</param>
    /// <param name="seed">The same seed gives the same devices.</param>
    public static IReadOnlyList<SimulatedDevice> Make(int devices, double? rate, int seed)
    {
        var fleet = new SimulatedDevice[devices];
        for (var i = 0; i < devices; i++)
        {
            var (make, interval) = Kinds[i % Kinds.Length];
            fleet[i] = make((i / Kinds.Length) + 1, seed);
            fleet[i].Interval = rate is { } all ? TimeSpan.FromSeconds(devices / all) : interval;
        }

        return fleet;
    }
}
