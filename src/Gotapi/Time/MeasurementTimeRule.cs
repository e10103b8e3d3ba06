namespace Dwapi.Gotapi.Time;

/// <summary>
/// Which time dates a measurement (DECISIONS 12): its stamp, unless the stamp lies more than <see cref="Tolerance"/> ahead of the
/// reception; then the reception, and the record is flagged. One rule for the edge, the door, the store and the grain.
/// </summary>
public static class MeasurementTimeRule
{
    /// <summary>How far a stamp may lie ahead of its reception: two minutes.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(2);

    /// <summary>True if a stamp is too far ahead of the reception (both Unix milliseconds).</summary>
    public static bool IsAhead(long stamp, long receivedAt) => stamp - receivedAt > (long)Tolerance.TotalMilliseconds;

    /// <summary>The time that dates the measurement, Unix milliseconds.</summary>
    /// <param name="stamp">Time stamp of the measurement, Unix milliseconds.</param>
    /// <param name="receivedAt">Time of reception, Unix milliseconds.</param>
    /// <param name="flagged">True if the stamp was not used.</param>
    public static long Date(long stamp, long receivedAt, out bool flagged)
    {
        flagged = IsAhead(stamp, receivedAt);
        return flagged ? receivedAt : stamp;
    }
}
