using System.Collections.Immutable;
using Dwapi.Edge.Bluetooth;
using Plugin.BLE.Abstractions.Contracts;

namespace Dwapi.Edge.PluginBle;

/// <summary>A device that was heard, and all that its packets have said so far: one has the services, the next the name.</summary>
/// <param name="Device">The device of Plugin.BLE, the youngest object of it.</param>
/// <param name="Address">Its address.</param>
/// <param name="Name">Its name, if it is known.</param>
/// <param name="Rssi">Strength of the last packet in dBm, if it is known.</param>
/// <param name="Services">The services that it advertises.</param>
/// <param name="IsPaired">True if there is a bond; null before anybody asked.</param>
/// <param name="At">When it was heard last.</param>
internal sealed record Sighting(
    IDevice Device, BluetoothAddress Address, string? Name, short? Rssi, ImmutableArray<Guid> Services, bool? IsPaired, DateTimeOffset At)
{
    /// <summary>As the source takes it.</summary>
    public BluetoothAdvertisement ToAdvertisement() => new(Address, Name, Rssi, Services, IsPaired == true);
}
