using System.Globalization;

namespace Dwapi.Bench.Results;

/// <summary>Prints figures as lines of a table, one as soon as it is known.</summary>
internal static class FigureTable
{
    public static string Heading { get; } =
        $"{"what",-58}{"measured",14}{"baseline",14}{"ratio",8}  {"reach",-12}{"aim",-12}verdict";

    public static string Line(Figure figure) =>
        $"{figure.What + ", " + figure.Unit,-58}{Number(figure.Measured),14}{Number(figure.Baseline),14}{Ratio(figure.Ratio),8}  {figure.ReachText,-12}{figure.AimText,-12}{figure.Verdict}";

    private static string Number(double? value) => value switch
    {
        null => "-",
        >= 1000 => value.Value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.000", CultureInfo.InvariantCulture),
    };

    private static string Ratio(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-";
}
