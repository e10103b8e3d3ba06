namespace Dwapi.EndToEnd.Tests.Faults;

/// <summary>How long the fault tests may take: short forms always, long ones by <c>./test.sh --long</c>.</summary>
internal static class LongTests
{
    public static bool Wanted { get; } = Environment.GetEnvironmentVariable("DWAPI_LONG_TESTS") == "1";

    public static int Kills => Wanted ? 50 : 5;
}
