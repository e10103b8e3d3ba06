using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Sources.Bluetooth;
using Microsoft.Extensions.Logging;
using Plugin.BLE;
using Plugin.BLE.Abstractions.Contracts;

namespace Dwapi.Edge.PluginBle;

/// <summary>Opens the radio of the platform that this process was built for.</summary>
internal static class PluginBleRadio
{
    /// <summary>Opens it; it is in use from <see cref="IBluetoothCentral.RunAsync"/> on.</summary>
    /// <exception cref="EdgeOptionsException">This build has no platform, or a setting is one of BlueZ.</exception>
    public static IBluetoothCentral Open(BluetoothOptions options, TimeProvider time, ILogger log) =>
        Over(OfThisBuild, PluginBlePlatform.Current)(options, time, log);

    /// <summary>The same over a given Bluetooth.</summary>
    public static RadioFactory Over(Func<IBluetoothLE> bluetooth, PluginBlePlatform platform) => (options, time, log) =>
    {
        if (options.Adapter is not null || options.Bus is not null)
        {
            throw new EdgeOptionsException(
                $"Bluetooth:{(options.Adapter is null ? "Bus" : "Adapter")} is for BlueZ. Leave it out: Plugin.BLE uses the adapter that the system has chosen.");
        }

        return new PluginBleCentral(bluetooth(), platform, time, log);
    };

    private static IBluetoothLE OfThisBuild()
    {
        try
        {
            return CrossBluetoothLE.Current;
        }
        catch (NotImplementedException e)
        {
            throw new EdgeOptionsException(
                "Bluetooth: Plugin.BLE has no platform in a build for plain .NET. Build Edge.PluginBle for one, on Windows with "
                + "-p:BleTarget=net10.0-windows10.0.19041.0; on Linux run dwapi-edge instead, which uses BlueZ.",
                e);
        }
    }
}
