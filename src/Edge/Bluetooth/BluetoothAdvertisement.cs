using System.Collections.Immutable;

namespace Dwapi.Edge.Bluetooth;

/// <summary>A device that was heard.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Name">The name that it advertises, if it does.</param>
/// <param name="Rssi">Strength of the signal in dBm, if it is known.</param>
/// <param name="Services">Services that it advertises or is known to have.</param>
/// <param name="IsPaired">True if there is a bond.</param>
internal sealed record BluetoothAdvertisement(BluetoothAddress Address, string? Name, short? Rssi, ImmutableArray<Guid> Services, bool IsPaired);
