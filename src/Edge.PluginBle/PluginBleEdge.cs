using Dwapi.Edge.Commands;
using Microsoft.Extensions.Logging;
using Plugin.BLE.Abstractions.Contracts;

namespace Dwapi.Edge.PluginBle;

/// <summary>The edge with Plugin.BLE as its Bluetooth: where an application of a platform of Plugin.BLE begins.</summary>
public static class PluginBleEdge
{
    /// <summary>Runs the command line of dwapi-edge, all verbs of it.</summary>
    /// <param name="arguments">Verb and options, as of dwapi-edge.</param>
    /// <returns>The exit code of the process.</returns>
    public static Task<int> RunAsync(params string[] arguments) => EdgeCommand.Create(PluginBleRadio.Open).Parse(arguments).InvokeAsync();

    /// <summary>An edge for an application that is more than a command line; start it, and dispose it at the end.</summary>
    /// <param name="options">Its settings; <c>Bluetooth.Enabled</c> makes it look for devices.</param>
    /// <param name="bluetooth">The Bluetooth of the platform, <c>CrossBluetoothLE.Current</c> in an application of it.</param>
    /// <param name="loggers">Where to.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="EdgeOptionsException">A setting is wrong, or the outbox cannot be opened.</exception>
    public static EdgeHost Create(EdgeOptions options, IBluetoothLE bluetooth, ILoggerFactory loggers, TimeProvider time) =>
        new(options, PluginBleRadio.Over(() => bluetooth, PluginBlePlatform.Current), loggers, time);
}
