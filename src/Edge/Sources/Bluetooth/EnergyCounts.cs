using System.Collections.Concurrent;
using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Sources.Bluetooth.Devices;

namespace Dwapi.Edge.Sources.Bluetooth;

/// <summary>
/// For whom each heart rate monitor counts energy. Another wearer is one with another label, or who puts it on after an absence in which it
/// may have changed hands; a connection that breaks for a moment is none. Kept while the edge runs.
/// </summary>
internal sealed class EnergyCounts(TimeSpan absence)
{
    private readonly ConcurrentDictionary<ulong, (string? Label, DateTimeOffset Heard)> _counts = new();

    /// <summary>True if the operator wants each wearer to begin at zero, and this may be another one.</summary>
    public bool IsDue(BluetoothAddress address, DeviceRule rule, DateTimeOffset now)
    {
        if (rule.ResetEnergy)
            return !_counts.TryGetValue(address.Bits, out var count) || count.Label != rule.Label || now - count.Heard >= absence;

        // Who turns it on again wants it now.
        _counts.TryRemove(address.Bits, out _);
        return false;
    }

    /// <summary>A count has begun.</summary>
    public void Began(BluetoothAddress address, DeviceRule rule, DateTimeOffset now)
    {
        if (rule.ResetEnergy)
            _counts[address.Bits] = (rule.Label, now);
    }

    /// <summary>The device is worn.</summary>
    public void Heard(BluetoothAddress address, DateTimeOffset now)
    {
        if (_counts.TryGetValue(address.Bits, out var count))
            _counts[address.Bits] = count with { Heard = now };
    }
}
