using Dwapi.Edge.Gatt;
using Dwapi.Gotapi.Time;

namespace Dwapi.Edge.Health;

/// <summary>
/// What the edge knows about the clock of one device: how far it is off (HD-HLF-05, -07) and whether it runs at all. Two equal records
/// of a stopped clock are two measurements, not one, so only a running clock makes an identity (DECISIONS 11).
/// </summary>
public sealed class DeviceClock
{
    // The health services were adopted in 2011: an earlier date is a clock that nobody has set.
    private const int FirstPossibleYear = 2011;

    private static readonly long FirstPossible = new DateTimeOffset(FirstPossibleYear, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private readonly TimeZoneInfo? _zone;
    private DateTime? _reading;
    private DateTime? _lastStamp;

    /// <summary>A clock of which nothing is known.</summary>
    /// <param name="zone">Civil zone of the edge; null when only UTC is known.</param>
    public DeviceClock(TimeZoneInfo? zone)
    {
        _zone = zone;
        Correction = ClockCorrection.None(zone);
    }

    /// <summary>The correction to apply.</summary>
    public ClockCorrection Correction { get; private set; }

    /// <summary>True once the clock was seen to run.</summary>
    public bool Advances { get; private set; }

    /// <summary>True if the device is known to be better synchronised to UTC than the edge: its stamps stay as they are (HD-HLF-07).</summary>
    public bool IsBetterThanOurs { get; set; }

    /// <summary>Takes a reading of the device's clock.</summary>
    /// <param name="deviceNow">What the device's clock says.</param>
    /// <param name="pluginNow">The edge's clock at the same moment.</param>
    public void Read(DateTime deviceNow, DateTimeOffset pluginNow)
    {
        Correction = IsBetterThanOurs ? ClockCorrection.None(_zone) : ClockCorrection.FromReading(_zone, pluginNow, deviceNow);
        Advances |= _reading is { } earlier && deviceNow > earlier;
        Advances |= _lastStamp is { } stamp && deviceNow > stamp;
        _reading = deviceNow;
    }

    /// <summary>Dates a measurement.</summary>
    /// <param name="stamp">The device's stamp, if there is one.</param>
    /// <param name="reception">The stamp of the reception.</param>
    /// <param name="aheadOfReception">True if the stamp lay too far ahead.</param>
    /// <param name="time">The time of the measurement.</param>
    /// <returns>True if the device gave it.</returns>
    public bool TryDate(GattDateTime? stamp, TimeStamp reception, out bool aheadOfReception, out TimeStamp time)
    {
        aheadOfReception = false;
        time = reception;
        if (stamp is not { } given || !given.TryGetDateTime(out var deviceTime) || (_reading is null && deviceTime.Year < FirstPossibleYear)
            || !Correction.TryCorrect(deviceTime, out var corrected))
        {
            return false;
        }

        Advances |= _reading is { } reading && deviceTime < reading;
        Advances |= _lastStamp is { } last && deviceTime > last;
        _lastStamp = deviceTime;
        aheadOfReception = MeasurementTimeRule.IsAhead(corrected.UnixMilliseconds, reception.UnixMilliseconds);
        // Too early even when corrected: stamped before the clock was set, and the clock was set since.
        if (aheadOfReception || corrected.UnixMilliseconds < FirstPossible)
            return false;

        time = corrected;
        return true;
    }
}
