using System.Collections.Concurrent;
using Dwapi.Edge.DBus;

namespace Dwapi.Edge.Bluetooth.BlueZ;

/// <summary>One connection to the bus with the objects of bluetoothd on it: calls, and values on their way to who subscribed.</summary>
internal sealed class BlueZSession
{
    // Of one characteristic; another program may have subscribed to one that sends without end.
    private const int MostEarlyValues = 64;

    private readonly Lock _values = new();
    private readonly Dictionary<string, Action<ReadOnlyMemory<byte>>> _subscriptions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<byte[]>> _early = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<BlueZObject, bool> _held = new();

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

    /// <summary>
    /// Values of a characteristic go to the handler from now on, and those that came since its device is held: bluetoothd subscribes again
    /// by itself when a device comes back, so that it may send before it is asked to.
    /// </summary>
    public void Subscribe(string path, Action<ReadOnlyMemory<byte>> handler)
    {
        lock (_values)
        {
            _subscriptions[path] = handler;
            if (!_early.Remove(path, out var early))
                return;
            foreach (var value in early)
                handler(value);
        }
    }

    /// <summary>No more of them.</summary>
    public void Unsubscribe(string path)
    {
        lock (_values)
            _subscriptions.Remove(path);
    }

    /// <summary>We connect to a device, or are connected to it.</summary>
    public void Hold(BlueZObject device) => _held[device] = true;

    /// <summary>Not any more.</summary>
    public void Release(BlueZObject device)
    {
        _held.TryRemove(device, out _);
        lock (_values)
        {
            foreach (var path in _early.Keys.Where(device.IsAbove).ToList())
                _early.Remove(path);
        }
    }

    /// <summary>True while it is ours.</summary>
    public bool Holds(BlueZObject device) => _held.ContainsKey(device);

    private void PassValue(BlueZObject changed, string @interface, Dictionary<object, object> properties)
    {
        if (@interface != BlueZNames.Characteristic || !properties.TryGetValue("Value", out var value) || ((DBusVariant)value).Value is not byte[] bytes)
            return;
        lock (_values)
        {
            if (_subscriptions.TryGetValue(changed.Path, out var handler))
                handler(bytes);
            else if (changed.Is(BlueZNames.Characteristic, "Notifying") && _held.Keys.Any(device => device.IsAbove(changed.Path)))
                Keep(changed.Path, bytes);
        }
    }

    private void Keep(string path, byte[] value)
    {
        if (!_early.TryGetValue(path, out var early))
            early = _early[path] = new Queue<byte[]>();
        if (early.Count == MostEarlyValues)
            early.Dequeue();
        early.Enqueue(value);
    }
}
