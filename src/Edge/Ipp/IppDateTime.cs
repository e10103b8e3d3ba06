namespace Dwapi.Edge.Ipp;

/// <summary>A dateTime as RFC 2579 has it. Kept as sent: clocks of printers say anything.</summary>
/// <param name="Year">Year.</param>
/// <param name="Month">1 to 12.</param>
/// <param name="Day">1 to 31.</param>
/// <param name="Hour">0 to 23.</param>
/// <param name="Minute">0 to 59.</param>
/// <param name="Second">0 to 60.</param>
/// <param name="Tenths">Tenths of a second.</param>
/// <param name="IsWest">True if local time is behind UTC.</param>
/// <param name="OffsetHours">Hours from UTC.</param>
/// <param name="OffsetMinutes">Minutes from UTC.</param>
internal sealed record IppDateTime(
    ushort Year, byte Month, byte Day, byte Hour, byte Minute, byte Second, byte Tenths, bool IsWest, byte OffsetHours, byte OffsetMinutes) : IppValue(IppTag.DateTime);
