using System.Globalization;

namespace Dwapi.EndToEnd.Tests.Faults;

/// <summary>
/// Thermometers whose n-th measurement has the value n, in turn: the q-th line of a capture is measurement (q-1)/devices+1 of device
/// (q-1)%devices. So the history itself says what is lost, doubled or out of order.
/// </summary>
internal sealed record Ward(int Devices, string Prefix = "ward")
{
    public string ServiceOf(int device) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}-{device:000}");

    /// <summary>A line of a capture; value 1 and above.</summary>
    public string Line(long line, DateTimeOffset at) => Line(line, at, "00", "");

    /// <summary>The same with the device's own stamp: one measurement a second since a start.</summary>
    public string StampedLine(long line, DateTimeOffset start)
    {
        var at = start.AddSeconds(ValueOf(line) - 1);
        return Line(
            line,
            at,
            "02",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{at.Year & 255:X2}{at.Year >> 8:X2}{at.Month:X2}{at.Day:X2}{at.Hour:X2}{at.Minute:X2}{at.Second:X2}"));
    }

    /// <summary>How many measurements a device has once so many lines were stored.</summary>
    public long CountOf(int device, long lines) => (lines / Devices) + (lines % Devices > device ? 1 : 0);

    private long ValueOf(long line) => ((line - 1) / Devices) + 1;

    private string Line(long line, DateTimeOffset at, string flags, string more)
    {
        var value = ValueOf(line);
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"time":"{{at:O}}","address":"{{ServiceOf((int)((line - 1) % Devices))}}","characteristic":"2A1C","hex":"{{flags}}{{value & 255:X2}}{{(value >> 8) & 255:X2}}{{value >> 16:X2}}00{{more}}"}""");
    }
}
