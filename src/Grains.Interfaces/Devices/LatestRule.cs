namespace Dwapi.Grains.Devices;

/// <summary>
/// Which measurement is the latest (DECISIONS 12). The same rule stands in the store's SQL; one test table is run against both.
/// </summary>
public static class LatestRule
{
    /// <summary>Whether a new measurement takes the place of the present latest.</summary>
    /// <param name="latest">The present latest; null when there is none.</param>
    /// <param name="latestEdge">The edge through which the present latest came.</param>
    /// <param name="candidate">The new measurement; its sequence is the higher one, so it wins a tie.</param>
    /// <param name="candidateEdge">The edge through which it came.</param>
    public static bool Replaces(Measurement? latest, string latestEdge, Measurement candidate, string candidateEdge)
    {
        if (latest is null)
        {
            return true;
        }

        return candidate.Stamped
            ? candidate.MeasuredAt >= latest.MeasuredAt
            : candidateEdge == latestEdge || candidate.ReceivedAt >= latest.ReceivedAt;
    }
}
