using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Sources.Bluetooth.Devices;

namespace Dwapi.Edge.Sources.Bluetooth;

/// <summary>Which devices are connected to, and what is known of them beforehand.</summary>
internal interface IDevicePolicy
{
    /// <summary>What the operator says of a device, or null if it is not to be connected to.</summary>
    DeviceRule? RuleOf(BluetoothAdvertisement advertisement);

    /// <summary>A device was heard.</summary>
    void Heard(BluetoothAdvertisement advertisement);

    /// <summary>Something became known of a device.</summary>
    void Note(BluetoothAddress address, string? serviceId, string state);

    /// <summary>Tells about the radio and the devices until cancelled.</summary>
    Task ReportAsync(IBluetoothCentral central, ConnectionSlots slots, CancellationToken cancellationToken);
}
