using System.Globalization;
using Dwapi.EndToEnd.Tests.Faults;

namespace Dwapi.Cluster.Tests.Chaos;

/// <summary>
/// How much of it: the whole by <c>./test.sh --long</c>, for <c>DWAPI_SECONDS</c> instead of ten minutes if that is set; else so little that
/// a busy machine of two cores gets through.
/// </summary>
internal static class ChaosForm
{
    /// <summary>Why it does not run with the other tests.</summary>
    public const string Why = "Takes minutes and every core: ./test.sh --long, or DWAPI_CHAOS=1 for the short form.";

    /// <summary>Whether it runs at all.</summary>
    public static bool Wanted { get; } = LongTests.Wanted || Environment.GetEnvironmentVariable("DWAPI_CHAOS") == "1";

    /// <summary>Faults go on for so long; the short form has each kind twice instead.</summary>
    public static TimeSpan Duration { get; } = TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("DWAPI_SECONDS") ?? "600", CultureInfo.InvariantCulture));

    public static int Sockets => LongTests.Wanted ? 200 : 20;

    /// <summary>Measurements a second of one of the two edges.</summary>
    public static int RateOfAnEdge => LongTests.Wanted ? 250 : 50;

    public static int RestartSockets => LongTests.Wanted ? 1_000 : 40;

    /// <summary>
    /// The same under a rolling restart. Each of its measurements goes to 20 sockets, and one machine has the servers and all their clients.
    /// </summary>
    public static int RestartRateOfAnEdge => LongTests.Wanted ? 25 : 10;

    public static int DevicesOfAnEdge => LongTests.Wanted ? 25 : 5;

    /// <summary>Devices of a killed silo answer again within it (DECISIONS 28). The short form shares its cores with whatever else runs.</summary>
    public static TimeSpan DevicesAnswer => TimeSpan.FromSeconds(LongTests.Wanted ? 15 : 30);

    /// <summary>An application that lost its socket has another one within it.</summary>
    public static TimeSpan ApplicationsReturn => TimeSpan.FromSeconds(LongTests.Wanted ? 30 : 60);
}
