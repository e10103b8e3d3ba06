using Dwapi.Edge.Sources.Bluetooth.Devices;

namespace Dwapi.Edge.Commands;

/// <summary>Result of the verb devices.</summary>
/// <param name="Rules">What the operator says.</param>
/// <param name="Running">What the edge wrote last; null if it never ran.</param>
internal sealed record DevicesResult(IReadOnlyList<DeviceRule> Rules, BluetoothReport? Running);
