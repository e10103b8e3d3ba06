namespace Dwapi.Gotapi.Time;

/// <summary>
/// Turns a device's wall clock into time stamps (HD-HLF-05..07): a stamp is shifted by (plug-in now - device now), unless the device
/// is known to be better synchronised than the plug-in. A device that offers no clock to read is taken to run on the plug-in's
/// civil time.
/// </summary>
/// <remarks>
/// The shift is applied to instants, not to civil time: a wall clock runs evenly, while civil time jumps twice a year, also between
/// a stored measurement and the reading of the clock.
/// </remarks>
/// <param name="Zone">The plug-in's civil time zone; null when only UTC is known.</param>
/// <param name="ToUtc">What to add to a wall clock reading of the device to get UTC; null to take it as civil time.</param>
public sealed record ClockCorrection(TimeZoneInfo? Zone, TimeSpan? ToUtc)
{
    /// <summary>For a device without a clock to read, or one that is known to be better synchronised than the plug-in.</summary>
    public static ClockCorrection None(TimeZoneInfo? zone) => new(zone, null);

    /// <summary>For a device whose clock was read.</summary>
    /// <param name="zone">The plug-in's civil time zone; null when only UTC is known.</param>
    /// <param name="pluginNow">The plug-in's clock at the moment of the reading.</param>
    /// <param name="deviceNow">The device's wall clock at that moment.</param>
    public static ClockCorrection FromReading(TimeZoneInfo? zone, DateTimeOffset pluginNow, DateTime deviceNow) =>
        new(zone, pluginNow.UtcDateTime - deviceNow);

    /// <summary>The corrected time stamp of a wall clock reading of the device.</summary>
    /// <returns>False if the corrected time lies outside the years 1 to 9999.</returns>
    public bool TryCorrect(DateTime deviceTime, out TimeStamp stamp)
    {
        stamp = default;
        var ticks = deviceTime.Ticks + (ToUtc?.Ticks ?? 0);
        // A day of distance from both ends keeps every offset inside the calendar.
        if (ticks < TimeSpan.TicksPerDay || ticks > DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay)
            return false;

        var time = new DateTime(ticks, DateTimeKind.Unspecified);
        var offset = ToUtc is null && Zone is not null ? Zone.GetUtcOffset(time) : TimeSpan.Zero;
        stamp = Stamp(new DateTimeOffset(time, offset));
        return true;
    }

    /// <summary>The time stamp of an instant with the offset of the plug-in's zone, or with -0000 when the zone is not known.</summary>
    public TimeStamp Stamp(DateTimeOffset instant) => Zone is null
        ? new TimeStamp(instant.ToUnixTimeMilliseconds(), null)
        : new TimeStamp(instant.ToUnixTimeMilliseconds(), (short)(Zone.GetUtcOffset(instant).Ticks / TimeSpan.TicksPerMinute));
}
