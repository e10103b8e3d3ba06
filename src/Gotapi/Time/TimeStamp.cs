using System.Text;

namespace Dwapi.Gotapi.Time;

/// <summary>
/// A measurement time: an instant, and the offset of civil time from UTC where it is known. Text form of the DWAPI texts:
/// <c>YYYYMMDDHHMMSS.sss+HHMM</c>, civil time with its offset, or UTC with <c>-0000</c> when the civil zone is not known (HD-HLF-06).
/// </summary>
/// <param name="UnixMilliseconds">Milliseconds since 1970-01-01 UTC; years 1 to 9999.</param>
/// <param name="OffsetMinutes">Civil time minus UTC in minutes, -1439..1439; null when it is not known.</param>
public readonly record struct TimeStamp(long UnixMilliseconds, short? OffsetMinutes)
{
    /// <summary>Length of the text form.</summary>
    public const int TextLength = 23;

    /// <summary>The stamp of an instant whose offset is known to be its own.</summary>
    public static TimeStamp From(DateTimeOffset time) => new(time.ToUnixTimeMilliseconds(), (short)(time.Offset.Ticks / TimeSpan.TicksPerMinute));

    /// <summary>Writes the text form.</summary>
    /// <returns>False if <paramref name="utf8"/> is shorter than <see cref="TextLength"/> or the time lies outside years 1 to 9999.</returns>
    public bool TryFormat(Span<byte> utf8)
    {
        var offset = OffsetMinutes ?? 0;
        var ticks = DateTime.UnixEpoch.Ticks + (UnixMilliseconds * TimeSpan.TicksPerMillisecond) + (offset * TimeSpan.TicksPerMinute);
        if (utf8.Length < TextLength || UnixMilliseconds is < -62135596800000 or > 253402300799999
            || ticks < 0 || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        var time = new DateTime(ticks);
        var (year, month, day) = time;
        Put(utf8, 0, 4, year);
        Put(utf8, 4, 2, month);
        Put(utf8, 6, 2, day);
        Put(utf8, 8, 2, time.Hour);
        Put(utf8, 10, 2, time.Minute);
        Put(utf8, 12, 2, time.Second);
        utf8[14] = (byte)'.';
        Put(utf8, 15, 3, time.Millisecond);
        utf8[18] = OffsetMinutes is null or < 0 ? (byte)'-' : (byte)'+';
        Put(utf8, 19, 2, Math.Abs(offset) / 60);
        Put(utf8, 21, 2, Math.Abs(offset) % 60);
        return true;
    }

    /// <summary>Reads the text form exactly; <c>-0000</c> gives a stamp without offset, <c>+0000</c> one with offset 0.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out TimeStamp stamp)
    {
        stamp = default;
        if (utf8.Length != TextLength || utf8[14] != '.' || utf8[18] is not ((byte)'+' or (byte)'-')
            || !Take(utf8, 0, 4, out var year) || !Take(utf8, 4, 2, out var month) || !Take(utf8, 6, 2, out var day)
            || !Take(utf8, 8, 2, out var hour) || !Take(utf8, 10, 2, out var minute) || !Take(utf8, 12, 2, out var second)
            || !Take(utf8, 15, 3, out var millisecond) || !Take(utf8, 19, 2, out var offsetHours) || !Take(utf8, 21, 2, out var offsetMinutes))
        {
            return false;
        }

        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59 || offsetHours > 23 || offsetMinutes > 59)
        {
            return false;
        }

        var offset = (offsetHours * 60) + offsetMinutes;
        var negative = utf8[18] == '-';
        var civil = new DateTime(year, month, day, hour, minute, second, millisecond, DateTimeKind.Utc);
        var unix = ((civil.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond) - ((negative ? -offset : offset) * 60_000L);
        stamp = new TimeStamp(unix, negative && offset == 0 ? null : (short)(negative ? -offset : offset));
        return true;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out TimeStamp)"/>
    public static TimeStamp Parse(string text) =>
        TryParse(Encoding.UTF8.GetBytes(text), out var stamp) ? stamp : throw new FormatException("Not YYYYMMDDHHMMSS.sss+HHMM.");

    /// <summary>The text form.</summary>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[TextLength];
        return TryFormat(text) ? Encoding.ASCII.GetString(text) : throw new InvalidOperationException("The time lies outside years 1 to 9999.");
    }

    private static void Put(Span<byte> utf8, int at, int digits, int value)
    {
        for (var i = digits - 1; i >= 0; i--, value /= 10)
            utf8[at + i] = (byte)('0' + (value % 10));
    }

    private static bool Take(ReadOnlySpan<byte> utf8, int at, int digits, out int value)
    {
        value = 0;
        foreach (var c in utf8.Slice(at, digits))
        {
            if (c is < (byte)'0' or > (byte)'9')
                return false;
            value = (value * 10) + (c - '0');
        }

        return true;
    }
}
