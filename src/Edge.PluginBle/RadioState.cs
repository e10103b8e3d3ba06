using Dwapi.Edge.Bluetooth;
using PluginState = Plugin.BLE.Abstractions.Contracts.BluetoothState;

namespace Dwapi.Edge.PluginBle;

/// <summary>What the states of Plugin.BLE mean, and what a person can do about them.</summary>
internal static class RadioState
{
    /// <summary>State and problem.</summary>
    public static (BluetoothState State, string? Problem) Of(PluginState state) => state switch
    {
        PluginState.On => (BluetoothState.On, null),
        PluginState.Off or PluginState.TurningOff =>
            (BluetoothState.Off, "Bluetooth is switched off. Switch it on in the settings of the system."),
        PluginState.TurningOn => (BluetoothState.Off, "Bluetooth is being switched on."),
        PluginState.Unauthorized =>
            (BluetoothState.Unavailable, "This program may not use Bluetooth. Allow it in the privacy settings of the system."),

        // Windows looks for the adapter once, when the program starts.
        PluginState.Unavailable =>
            (BluetoothState.Unavailable, "There is no Bluetooth adapter for low energy devices. Plug one in and start the edge again."),
        _ => (BluetoothState.Unavailable, "Bluetooth has not told its state. If that stays, there is no adapter: plug one in and start the edge again."),
    };
}
