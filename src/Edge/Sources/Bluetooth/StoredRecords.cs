using System.Collections.Concurrent;
using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Gatt;

namespace Dwapi.Edge.Sources.Bluetooth;

/// <summary>
/// How far the stored records of each device are fetched. Kept while the edge runs: after a start all are fetched again, and the server
/// recognises those that it has by their identity.
/// </summary>
internal sealed class StoredRecords
{
    private readonly ConcurrentDictionary<ulong, ushort> _last = new();

    /// <summary>What to ask a device for: everything, or what came after the last one.</summary>
    public byte[] Request(BluetoothAddress address) =>
        _last.TryGetValue(address.Bits, out var last) && last < ushort.MaxValue ? RecordAccess.From((ushort)(last + 1)) : RecordAccess.All();

    /// <summary>A record is durable.</summary>
    public void Fetched(BluetoothAddress address, in GattValue value)
    {
        if (value.Characteristic == GattNumbers.GlucoseMeasurement && GlucoseMeasurement.TryDecode(value.Payload.Span, out var record, out _))
            _last[address.Bits] = record.SequenceNumber;
    }

    /// <summary>Asks for everything the next time: a device that was reset numbers from the beginning, or cannot be asked otherwise.</summary>
    public void Forget(BluetoothAddress address) => _last.TryRemove(address.Bits, out _);
}
