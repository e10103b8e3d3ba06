using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Gatt;
using Dwapi.Edge.Sources.Bluetooth.Devices;
using Microsoft.Extensions.Logging;

namespace Dwapi.Edge.Sources.Bluetooth;

/// <summary>
/// Sets the energy that a heart rate monitor has counted to zero: for a new wearer, if the rule of the device says so, and at the end of the
/// count (65535 kJ), from where on it says nothing more.
/// </summary>
internal sealed class EnergyReset(
    BluetoothAddress address, DeviceRule rule, DeviceCalls calls, EnergyCounts counts, Action<string> note, TimeProvider time, ILogger log)
{
    private static readonly byte[] Reset = [1];
    private bool _atEnd;

    /// <summary>The device is subscribed to, and has said nothing yet.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (counts.IsDue(address, rule, time.GetUtcNow()) && await ResetAsync(cancellationToken).ConfigureAwait(false))
            counts.Began(address, rule, time.GetUtcNow());
    }

    /// <summary>A value came.</summary>
    public async Task LookAsync(GattValue value, CancellationToken cancellationToken)
    {
        counts.Heard(address, time.GetUtcNow());
        if (EnergyOf(value) is not { } energy)
            return;
        var wasAtEnd = _atEnd;
        _atEnd = energy == ushort.MaxValue;

        // Once: a device that does not take it must not be asked with every value.
        if (_atEnd && !wasAtEnd)
            await ResetAsync(cancellationToken).ConfigureAwait(false);
    }

    private static ushort? EnergyOf(GattValue value) =>
        value.Characteristic == GattNumbers.HeartRateMeasurement && HeartRateMeasurement.TryDecode(value.Payload.Span, out var measurement, out _)
            ? measurement.EnergyExpended : null;

    private async Task<bool> ResetAsync(CancellationToken cancellationToken)
    {
        var point = calls.Find(GattNumbers.HeartRateControlPoint, CharacteristicProperties.Write);
        var done = point is not null && await calls.WriteAsync(point, Reset, cancellationToken).ConfigureAwait(false);
        var outcome = done ? "energy set to zero"
            : point is null ? "its energy cannot be set to zero: it has no Heart Rate Control Point"
            : "its energy is not set to zero: it did not take that";
        Log.DeviceEnergy(log, done ? LogLevel.Information : LogLevel.Warning, address, outcome);
        note($"connected, {outcome}");
        return done;
    }
}
