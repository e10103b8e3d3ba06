using System.Text;

namespace Dwapi.Gotapi.Health;

/// <summary>The battery slice: a number from 0.0 to 1.0, or -1.0 when it is not known.</summary>
public readonly record struct BatteryLevel
{
    private static readonly byte[][] Texts = [.. Enumerable.Range(0, 101).Select(Text), "-1.0"u8.ToArray()];

    private readonly byte _stored;

    private BatteryLevel(byte stored) => _stored = stored;

    /// <summary>The plug-in cannot obtain it: -1.0.</summary>
    public static BatteryLevel Unknown => default;

    /// <summary>0 to 100, or null when not known.</summary>
    public int? Percent => _stored == 0 ? null : _stored - 1;

    /// <summary>The JSON number, written once at start-up: 0.51 for 51 %, 1.0 for 100 %, -1.0 when not known.</summary>
    public ReadOnlyMemory<byte> Utf8 => Texts[Percent ?? 101];

    /// <summary>From percent; anything but 0 to 100 is a device's fault and counts as not known.</summary>
    public static BatteryLevel FromPercent(int percent) => percent is >= 0 and <= 100 ? new BatteryLevel((byte)(percent + 1)) : Unknown;

    /// <inheritdoc/>
    public override string ToString() => Encoding.ASCII.GetString(Utf8.Span);

    private static byte[] Text(int percent) => Encoding.ASCII.GetBytes(
        percent % 10 == 0 ? $"{percent / 100}.{percent / 10 % 10}" : $"0.{percent:00}");
}
