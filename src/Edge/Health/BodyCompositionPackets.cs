using Dwapi.Edge.Gatt;
using Dwapi.Gotapi.Health;

namespace Dwapi.Edge.Health;

/// <summary>The packets of a body composition measurement on their way to one record: the fields joined, the raw bytes kept for the identity.</summary>
internal sealed class BodyCompositionPackets
{
    private readonly BodyCompositionJoiner _joiner = new();
    private byte[] _raw = [];

    public bool TryJoin(
        ReadOnlySpan<byte> payload, in BodyCompositionMeasurement packet, out BodyCompositionMeasurement whole, out MeasurementIdentity identity, out bool abandoned)
    {
        var waiting = _joiner.IsWaiting;
        identity = default;
        if (!_joiner.TryJoin(packet, out whole, out abandoned))
        {
            _raw = payload.ToArray();
            return false;
        }

        identity = MeasurementIdentity.Of(
            GattNumbers.BodyCompositionMeasurement, waiting && !abandoned ? [.. _raw, .. payload] : payload);
        _raw = [];
        return true;
    }
}
