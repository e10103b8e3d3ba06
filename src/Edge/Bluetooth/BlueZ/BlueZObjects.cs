using System.Collections.Concurrent;
using Dwapi.Edge.DBus;

namespace Dwapi.Edge.Bluetooth.BlueZ;

/// <summary>
/// The objects of bluetoothd, mirrored. Only signals of its present owner count: any program on the machine may send signals that
/// look like them, and must not be able to send a patient's temperature.
/// </summary>
internal sealed class BlueZObjects
{
    private readonly ConcurrentDictionary<string, BlueZObject> _objects = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private List<DBusMessage>? _waiting;
    private string? _owner;

    /// <summary>Something of an object changed: its path, the interface, and the properties that came.</summary>
    public event Action<BlueZObject, string, Dictionary<object, object>>? Changed;

    /// <summary>An object is gone.</summary>
    public event Action<BlueZObject>? Removed;

    /// <summary>Unique name of bluetoothd, or null.</summary>
    public string? Owner
    {
        get
        {
            lock (_lock)
                return _owner;
        }
    }

    /// <summary>All objects.</summary>
    public IEnumerable<BlueZObject> All => _objects.Values;

    /// <summary>The object at a path.</summary>
    public BlueZObject? Find(string path) => _objects.GetValueOrDefault(path);

    /// <summary>Asks for the signals.</summary>
    public async Task ListenAsync(DBusConnection connection, CancellationToken cancellationToken)
    {
        foreach (var match in new[] { BlueZNames.InterfacesAdded, BlueZNames.InterfacesRemoved, BlueZNames.PropertiesChanged })
            await connection.ListenAsync(match, Take, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Begins with a bluetoothd; what it says before <see cref="LoadAsync"/> has its list waits.</summary>
    public async Task LoadAsync(DBusConnection connection, string owner, CancellationToken cancellationToken)
    {
        Clear();
        lock (_lock)
            (_owner, _waiting) = (owner, []);
        var answer = await connection.CallAsync(owner, "/", BlueZNames.GetManagedObjects, [], cancellationToken).ConfigureAwait(false);
        foreach (var (path, interfaces) in (Dictionary<object, object>)answer[0])
            Add(((DBusPath)path).Text, (Dictionary<object, object>)interfaces);
        while (true)
        {
            List<DBusMessage> waiting;
            lock (_lock)
            {
                waiting = _waiting!;
                _waiting = waiting.Count == 0 ? null : [];
            }

            if (waiting.Count == 0)
                return;
            waiting.ForEach(Apply);
        }
    }

    /// <summary>Everything is gone.</summary>
    public void Clear()
    {
        lock (_lock)
            (_owner, _waiting) = (null, null);
        foreach (var path in _objects.Keys)
            Remove(path);
    }

    private void Take(DBusMessage signal)
    {
        lock (_lock)
        {
            if (signal.Sender != _owner)
                return;
            if (_waiting is not null)
            {
                _waiting.Add(signal);
                return;
            }
        }

        Apply(signal);
    }

    private void Apply(DBusMessage signal)
    {
        switch (signal.Member)
        {
            case "InterfacesAdded":
                var added = signal.ReadBody("oa{sa{sv}}");
                Add(((DBusPath)added[0]).Text, (Dictionary<object, object>)added[1]);
                break;
            case "InterfacesRemoved":
                var removed = signal.ReadBody("oas");
                var path = ((DBusPath)removed[0]).Text;
                if (Find(path)?.Remove((object[])removed[1]) == true)
                    Remove(path);
                break;
            default:
                // A property of an object that was not announced: an object that came with a list still under way.
                var changed = signal.ReadBody("sa{sv}as");
                var found = _objects.GetOrAdd(signal.Path!, at => new BlueZObject(at));
                Set(found, (string)changed[0], (Dictionary<object, object>)changed[1], (object[])changed[2]);
                break;
        }
    }

    private void Add(string path, Dictionary<object, object> interfaces)
    {
        var found = _objects.GetOrAdd(path, at => new BlueZObject(at));
        foreach (var (name, properties) in interfaces)
            Set(found, (string)name, (Dictionary<object, object>)properties, []);
    }

    private void Set(BlueZObject found, string @interface, Dictionary<object, object> properties, object[] invalidated)
    {
        // The end of a connection is the end of its services, told or not.
        if (@interface == BlueZNames.Device && properties.TryGetValue("Connected", out var connected) && ((DBusVariant)connected).Value is false)
            properties["ServicesResolved"] = DBusVariant.Of(false);
        found.Set(@interface, properties, invalidated);
        Changed?.Invoke(found, @interface, properties);
    }

    // An adapter takes its devices with it, also when bluetoothd does not say so of each.
    private void Remove(string path)
    {
        foreach (var gone in _objects.Keys.Where(known => known == path || known.StartsWith(path + "/", StringComparison.Ordinal)))
        {
            if (!_objects.TryRemove(gone, out var found))
                continue;
            found.Remove();
            Removed?.Invoke(found);
        }
    }
}
