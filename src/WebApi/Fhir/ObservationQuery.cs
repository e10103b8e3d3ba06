using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Dwapi.WebApi.Fhir;

/// <summary>What is searched for.</summary>
/// <param name="ServiceId">The device.</param>
/// <param name="Codes">MDC codes, one of which the measurement has; empty for any.</param>
/// <param name="From">Inclusive, Unix ms.</param>
/// <param name="To">Exclusive, Unix ms.</param>
/// <param name="Count">Size of a page.</param>
/// <param name="Cursor">"" for the first page.</param>
internal sealed record ObservationQuery(string ServiceId, IReadOnlyList<string> Codes, long From, long To, int Count, string Cursor)
{
    /// <summary>Largest page.</summary>
    public const int MaxCount = 1_000;

    private const int DefaultCount = 100;

    /// <summary>Reads the parameters; says what is wrong with them, or null.</summary>
    public static string? TryRead(IQueryCollection parameters, out ObservationQuery? query)
    {
        query = null;
        var device = parameters["device"].ToString();
        if (FhirId.ServiceOf(device.StartsWith("Device/", StringComparison.Ordinal) ? device["Device/".Length..] : device) is not { } serviceId)
        {
            return "device is needed: the id of a Device, or Device/ID.";
        }

        var (from, to) = (0L, long.MaxValue);
        if (parameters["date"].Any(date => !FhirDate.TryNarrow(date ?? "", ref from, ref to)))
        {
            return "date is a FHIR date with a prefix eq, ge, gt, le or lt, such as ge2026-01-31.";
        }

        if (!TryCount(parameters, out var count))
        {
            return $"_count is 1 to {MaxCount}.";
        }

        // A code of another system than MDC is not known here, so it finds nothing.
        var codes = parameters["code"].SelectMany(code => (code ?? "").Split(','))
            .Select(code => code.Split('|') is [var system, var value] ? (system is "" or ObservationMapper.Mdc ? value : "-") : code)
            .Where(code => code.Length > 0)
            .ToArray();
        query = new ObservationQuery(serviceId, codes, from, to, count, parameters["_cursor"].ToString());
        return null;
    }

    /// <summary>Reads <c>_count</c>.</summary>
    public static bool TryCount(IQueryCollection parameters, out int count)
    {
        count = DefaultCount;
        return !parameters.TryGetValue("_count", out var text)
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is > 0 and <= MaxCount);
    }
}
