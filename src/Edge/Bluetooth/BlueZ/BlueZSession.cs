using System.Collections.Concurrent;
using Dwapi.Edge.DBus;

namespace Dwapi.Edge.Bluetooth.BlueZ;

/// <summary>One connection to the bus with the objects of bluetoothd on it: calls, and values on their way to who subscribed.</summary>
internal sealed class BlueZSession
{
    private readonly ConcurrentDictionary<string, Action<ReadOnlyMemory<byte>>> _subscriptions = new(StringComparer.Ordinal);

    public BlueZSession(DBusConnection connection)
    {
        Connection = connection;
        Objects.Changed += PassValue;
    }

    /// <summary>The connection; discovery and subscriptions belong to it.</summary>
    public DBusConnection Connection { get; }

    /// <summary>What bluetoothd has.</summary>
    public BlueZObjects Objects { get; } = new();

    /// <summary>Calls a method of bluetoothd.</summary>
    /// <exception cref="BluetoothException">It failed.</exception>
    public async Task<object[]> CallAsync(string path, DBusMethod method, CancellationToken cancellationToken, params object[] arguments)
    {
        try
        {
            return await Connection.CallAsync(BlueZNames.Service, path, method, arguments, cancellationToken).ConfigureAwait(false);
        }
        catch (DBusException e)
        {
            throw BlueZFault.Of(e);
        }
    }

    /// <summary>Values of a characteristic go to the handler from now on.</summary>
    public void Subscribe(string path, Action<ReadOnlyMemory<byte>> handler) => _subscriptions[path] = handler;

    /// <summary>No more of them.</summary>
    public void Unsubscribe(string path) => _subscriptions.TryRemove(path, out _);

    private void PassValue(BlueZObject changed, string @interface, Dictionary<object, object> properties)
    {
        if (@interface == BlueZNames.Characteristic && properties.TryGetValue("Value", out var value)
            && ((DBusVariant)value).Value is byte[] bytes && _subscriptions.TryGetValue(changed.Path, out var handler))
        {
            handler(bytes);
        }
    }
}
