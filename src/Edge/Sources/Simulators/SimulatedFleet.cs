using System.Collections.Immutable;

namespace Dwapi.Edge.Sources.Simulators;

/// <summary>Which simulated devices there are.</summary>
internal static class SimulatedFleet
{
    /// <summary>Word for every kind.</summary>
    public const string All = "all";

    // Who names no kinds gets those that were there first: what a configured fleet is must not change with a release.
    private const int First = 4;

    private static readonly ImmutableArray<(string Name, Func<int, int, SimulatedDevice> Make, TimeSpan Interval)> Kinds =
    [
        ("thermometer", (number, seed) => new SimulatedThermometer(number, seed), TimeSpan.FromSeconds(5)),
        ("heart", (number, seed) => new SimulatedHeartRateMonitor(number, seed), TimeSpan.FromSeconds(1)),
        ("scale", (number, seed) => new SimulatedWeightScale(number, seed), TimeSpan.FromSeconds(10)),
        ("bodycomposition", (number, seed) => new SimulatedBodyCompositionScale(number, seed), TimeSpan.FromSeconds(10)),
        ("bloodpressure", (number, seed) => new SimulatedBloodPressureMonitor(number, seed), TimeSpan.FromSeconds(30)),
        ("pulseoximeter", (number, seed) => new SimulatedPulseOximeter(number, seed), TimeSpan.FromSeconds(2)),
        ("glucometer", (number, seed) => new SimulatedGlucometer(number, seed), TimeSpan.FromSeconds(60)),
    ];

    /// <summary>The words for the kinds.</summary>
    public static IEnumerable<string> Names => Kinds.Select(kind => kind.Name);

    /// <summary>How many kinds some words name.</summary>
    public static int CountOf(IReadOnlyCollection<string> words) => Chosen(words).Length;

    /// <summary>True for a word that names a kind, or all.</summary>
    public static bool IsKind(string word) => Is(word, All) || Names.Any(name => Is(word, name));

    /// <summary>The devices that the settings ask for, the kinds in turn.</summary>
    public static IReadOnlyList<SimulatedDevice> Make(SimulatorOptions options)
    {
        var kinds = Chosen(options.Kinds);
        var fleet = new SimulatedDevice[options.Devices];
        for (var i = 0; i < fleet.Length; i++)
        {
            var (_, make, interval) = kinds[i % kinds.Length];
            fleet[i] = make((i / kinds.Length) + 1, options.Seed);
            fleet[i].Interval = options.Rate is { } all ? TimeSpan.FromSeconds(fleet.Length / all) : interval;
        }

        return fleet;
    }

    private static ImmutableArray<(string Name, Func<int, int, SimulatedDevice> Make, TimeSpan Interval)> Chosen(IReadOnlyCollection<string> words) =>
        words.Count == 0 ? Kinds[..First]
        : words.Any(word => Is(word, All)) ? Kinds
        : [.. words.Distinct(StringComparer.OrdinalIgnoreCase).SelectMany(word => Kinds.Where(kind => Is(word, kind.Name)))];

    private static bool Is(string word, string name) => word.Equals(name, StringComparison.OrdinalIgnoreCase);
}
