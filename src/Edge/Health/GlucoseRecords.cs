using System.Diagnostics.CodeAnalysis;
using Dwapi.Edge.Gatt;

namespace Dwapi.Edge.Health;

/// <summary>
/// Glucose measurements that wait for their context. The record stays on the device and is fetched again in the next session, so one whose
/// context did not come is delivered without it when it comes the second time.
/// </summary>
internal sealed class GlucoseRecords
{
    private const int Most = 64;

    private readonly Dictionary<ushort, (GlucoseMeasurement Measurement, byte[] Raw, DateTimeOffset ReceivedAt)> _waiting = [];

    /// <summary>Keeps a measurement whose context follows.</summary>
    /// <returns>False if it is to be delivered now.</returns>
    public bool MustWait(in GlucoseMeasurement measurement, ReadOnlySpan<byte> raw, DateTimeOffset receivedAt)
    {
        if (!measurement.ContextFollows || _waiting.Remove(measurement.SequenceNumber) || _waiting.Count >= Most)
            return false;
        _waiting[measurement.SequenceNumber] = (measurement, raw.ToArray(), receivedAt);
        return true;
    }

    /// <summary>Takes the measurement of a context.</summary>
    public bool TryTake(ushort number, [MaybeNullWhen(false)] out (GlucoseMeasurement Measurement, byte[] Raw, DateTimeOffset ReceivedAt) waiting) =>
        _waiting.Remove(number, out waiting);
}
