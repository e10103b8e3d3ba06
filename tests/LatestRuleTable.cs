namespace Dwapi.Tests;

/// <summary>
/// DECISIONS 12 as a table: run against the rule of the grains and against every store, so that they cannot come to disagree.
/// Columns: what it is about; the present latest (measured at, received at, edge), the new measurement (stamped, measured at, received at,
/// edge) and whether it becomes the latest.
/// </summary>
public static class LatestRuleTable
{
    /// <summary>The rows.</summary>
    public static TheoryData<string, long, long, string, bool, long, long, string, bool> Rows => new()
    {
        { "stamped, later", 1000, 1000, "a", true, 1001, 1001, "a", true },
        { "stamped, same time: the higher sequence", 1000, 1000, "a", true, 1000, 1005, "a", true },
        { "stamped, earlier: a stored record", 1000, 1000, "a", true, 999, 2000, "a", false },
        { "stamped, later, received earlier through another edge", 1000, 2000, "a", true, 1001, 1500, "b", true },
        { "stamped, earlier, through another edge", 1000, 1000, "a", true, 999, 2000, "b", false },
        { "unstamped, same edge, received later", 1000, 1000, "a", false, 2000, 2000, "a", true },
        { "unstamped, same edge, received earlier: its clock was set back", 1000, 1000, "a", false, 900, 900, "a", true },
        { "unstamped, another edge, received later", 1000, 1000, "a", false, 1001, 1001, "b", true },
        { "unstamped, another edge, received at the same time", 1000, 1000, "a", false, 1000, 1000, "b", true },
        { "unstamped, another edge, received earlier: its backlog", 1000, 1000, "a", false, 999, 999, "b", false },
        { "unstamped after a stamp ahead of reception, same edge", 5000, 1000, "a", false, 1001, 1001, "a", true },
        { "unstamped after a stamp ahead of reception, another edge", 5000, 1000, "a", false, 1001, 1001, "b", true },
    };
}
