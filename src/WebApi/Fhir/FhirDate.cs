using System.Globalization;

namespace Dwapi.WebApi.Fhir;

/// <summary>The search parameter <c>date</c>: a prefix and a date of any precision stand for a range of instants (FHIR R4 3.1.1.4.5).</summary>
internal static class FhirDate
{
    private static readonly string[] Instants =
        ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.fK", "yyyy-MM-dd'T'HH:mm:ss.ffK", "yyyy-MM-dd'T'HH:mm:ss.fffK"];

    /// <summary>Narrows a range, in Unix milliseconds with the end exclusive; false when the text is no date.</summary>
    public static bool TryNarrow(string text, ref long from, ref long to)
    {
        var prefix = text.Length > 2 && char.IsAsciiLetter(text[0]) ? text[..2] : "eq";
        if (!TryRange(text.Length > 2 && char.IsAsciiLetter(text[0]) ? text[2..] : text, out var start, out var end))
        {
            return false;
        }

        switch (prefix)
        {
            case "eq":
                (from, to) = (Math.Max(from, start), Math.Min(to, end));
                return true;
            case "ge":
                from = Math.Max(from, start);
                return true;
            case "gt" or "sa":
                from = Math.Max(from, end);
                return true;
            case "lt" or "eb":
                to = Math.Min(to, start);
                return true;
            case "le":
                to = Math.Min(to, end);
                return true;
            default:
                return false;
        }
    }

    private static bool TryRange(string text, out long start, out long end)
    {
        (start, end) = (0, 0);
        if (Parse(text, "yyyy") is { } year)
        {
            (start, end) = (Ms(year), Ms(year.AddYears(1)));
        }
        else if (Parse(text, "yyyy-MM") is { } month)
        {
            (start, end) = (Ms(month), Ms(month.AddMonths(1)));
        }
        else if (Parse(text, "yyyy-MM-dd") is { } day)
        {
            (start, end) = (Ms(day), Ms(day.AddDays(1)));
        }
        else if (Parse(text, "yyyy-MM-dd'T'HH:mmK") is { } minute)
        {
            (start, end) = (Ms(minute), Ms(minute.AddMinutes(1)));
        }
        else if (Instants.Select(format => Parse(text, format)).FirstOrDefault(parsed => parsed is not null) is { } instant)
        {
            (start, end) = (Ms(instant), Ms(instant) + (text.Contains('.', StringComparison.Ordinal) ? 1 : 1_000));
        }
        else
        {
            return false;
        }

        return true;
    }

    private static DateTimeOffset? Parse(string text, string format) =>
        DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed) ? parsed : null;

    private static long Ms(DateTimeOffset time) => time.ToUnixTimeMilliseconds();
}
