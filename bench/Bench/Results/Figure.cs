using System.Text.Json.Serialization;

namespace Dwapi.Bench.Results;

/// <summary>One measured line of the table.</summary>
internal sealed record Figure
{
    /// <summary>The row that measured it, as on the command line.</summary>
    public required string Row { get; init; }

    /// <summary>What was measured.</summary>
    public required string What { get; init; }

    /// <summary>Unit of measured and baseline.</summary>
    public required string Unit { get; init; }

    /// <summary>Median over the rounds.</summary>
    public required double Measured { get; init; }

    /// <summary>Median of the baseline, if there is one.</summary>
    public double? Baseline { get; init; }

    /// <summary>Median of the pairs' ratios, measured over baseline.</summary>
    public double? Ratio { get; init; }

    /// <summary>What has to hold.</summary>
    [JsonIgnore]
    public Bound? Reach { get; init; }

    /// <summary>What is aimed at.</summary>
    [JsonIgnore]
    public Bound? Aim { get; init; }

    [JsonPropertyName("reach")]
    public string ReachText => Reach?.ToString() ?? "-";

    [JsonPropertyName("aim")]
    public string AimText => Aim?.ToString() ?? "-";

    /// <summary><c>aim</c>, <c>reach</c>, <c>MISSED</c>, or <c>-</c> for a figure without a limit.</summary>
    public string Verdict =>
        Reach is null ? "-"
        : !Reach.Holds(Measured, Ratio) ? "MISSED"
        : Aim is null || Aim.Holds(Measured, Ratio) ? "aim"
        : "reach";

    [JsonIgnore]
    public bool Missed => Verdict == "MISSED";

    /// <summary>Makes a figure of pairs (measured, baseline), one a round.</summary>
    public static Figure OfPairs(
        string row, string what, string unit, IReadOnlyList<(double Measured, double Baseline)> pairs, Bound? reach = null, Bound? aim = null) =>
        Of(row, what, unit, pairs.Select(p => p.Measured), reach, aim) with
        {
            Baseline = Median(pairs.Select(p => p.Baseline)),
            Ratio = Median(pairs.Select(p => p.Measured / p.Baseline)),
        };

    /// <summary>Makes a figure that has no baseline.</summary>
    public static Figure Of(string row, string what, string unit, IEnumerable<double> values, Bound? reach = null, Bound? aim = null) => new()
    {
        Row = row,
        What = what,
        Unit = unit,
        Measured = Median(values),
        Reach = reach,
        Aim = aim,
    };

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[sorted.Length / 2];
    }
}
