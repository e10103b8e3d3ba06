namespace Dwapi.Grains.Printing;

/// <summary>What a quota's grain keeps of a day.</summary>
internal sealed class PrintDayData
{
    /// <summary>The day, such as 2026-01-01.</summary>
    public string Day { get; set; } = "";

    /// <summary>The jobs that were ordered on it.</summary>
    public HashSet<string> Jobs { get; set; } = [];

    /// <summary>Seconds of print by job; of jobs of the day before too.</summary>
    public Dictionary<string, double> Seconds { get; set; } = [];
}
