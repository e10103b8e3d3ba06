namespace Dwapi.Edge.Sources.Bluetooth;

/// <summary>What holds for every session with a device.</summary>
/// <param name="Timing">Its times.</param>
/// <param name="SetClocks">True to set the clock of a device that lets it be written.</param>
/// <param name="Zone">Civil zone of the place; null when only UTC is known.</param>
internal sealed record SessionSettings(BluetoothTiming Timing, bool SetClocks, TimeZoneInfo? Zone)
{
    /// <summary>What a clock on the wall shows at an instant.</summary>
    public DateTime CivilTime(DateTimeOffset instant) => Zone is null ? instant.UtcDateTime : TimeZoneInfo.ConvertTime(instant, Zone).DateTime;
}
