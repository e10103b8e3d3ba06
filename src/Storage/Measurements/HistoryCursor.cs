using System.Globalization;

namespace Dwapi.Storage.Measurements;

/// <summary>Where a page of history ended: time and sequence of its last row, so that rows stored meanwhile neither shift nor repeat a page.</summary>
internal readonly record struct HistoryCursor(long MeasuredAt, long Sequence)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{MeasuredAt}.{Sequence}");

    /// <exception cref="FormatException">It is not a cursor that this store gave.</exception>
    public static HistoryCursor Parse(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0
            && long.TryParse(text.AsSpan(0, dot), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var measuredAt)
            && long.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? new HistoryCursor(measuredAt, sequence)
            : throw new FormatException("The cursor is not one that a page of history ended with.");
    }
}
