using Dwapi.Edge.Bluetooth;
using Dwapi.Edge.Bluetooth.BlueZ;
using Dwapi.Edge.DBus;
using Microsoft.Extensions.Logging;

namespace Dwapi.Edge.Sources.Bluetooth;

/// <summary>The radio of a Linux machine: what dwapi-edge uses unless another program brings its own.</summary>
internal static class BluetoothRadio
{
    /// <summary>Opens it; it is in use from <see cref="IBluetoothCentral.RunAsync"/> on.</summary>
    /// <exception cref="EdgeOptionsException">The address of the bus is wrong.</exception>
    public static IBluetoothCentral Open(BluetoothOptions options, TimeProvider time, ILogger log)
    {
        try
        {
            return new BlueZCentral(options.Bus is { } bus ? DBusAddress.Parse(bus) : DBusAddress.System(), options.Adapter, time, log);
        }
        catch (DBusDisconnectedException e)
        {
            throw new EdgeOptionsException($"Bluetooth:Bus: {e.Message}", e);
        }
    }
}
