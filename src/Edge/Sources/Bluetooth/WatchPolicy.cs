using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Sources.Bluetooth.Devices;

namespace Dwapi.Edge.Sources.Bluetooth;

/// <summary>For looking on: connects to every health device, or to the named ones, whatever the rules of the edge say.</summary>
/// <param name="only">Addresses; empty for all.</param>
internal class WatchPolicy(IReadOnlyCollection<ulong> only) : IDevicePolicy
{
    public virtual DeviceRule? RuleOf(BluetoothAdvertisement advertisement) =>
        only.Count == 0 || only.Contains(advertisement.Address.Bits) ? new DeviceRule { Address = advertisement.Address.ToString() } : null;

    public virtual void Heard(BluetoothAdvertisement advertisement)
    {
    }

    public virtual void Note(BluetoothAddress address, string? serviceId, string state)
    {
    }

    public Task ReportAsync(IBluetoothCentral central, ConnectionSlots slots, CancellationToken cancellationToken) => Task.CompletedTask;
}
