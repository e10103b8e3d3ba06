using Dwapi.Edge.DBus;
using Dwapi.Edge.Signals;

namespace Dwapi.Edge.Bluetooth.BlueZ;

/// <summary>One object of bluetoothd as its signals tell it. Its properties may be read from any thread.</summary>
internal sealed class BlueZObject(string path)
{
    private readonly Dictionary<(string Interface, string Property), object> _properties = [];
    private readonly HashSet<string> _interfaces = [];
    private readonly Lock _lock = new();
    private readonly Pulse _changed = new();

    /// <summary>Its path.</summary>
    public string Path { get; } = path;

    /// <summary>True once bluetoothd has removed it or is gone itself.</summary>
    public bool IsRemoved { get; private set; }

    /// <summary>Ends at the next change.</summary>
    public Task Changed => _changed.Next;

    /// <summary>True if a path is one of the objects below it, as the characteristics of a device are.</summary>
    public bool IsAbove(string path) => path.Length > Path.Length && path[Path.Length] == '/' && path.StartsWith(Path, StringComparison.Ordinal);

    /// <summary>True if it has an interface.</summary>
    public bool Has(string @interface)
    {
        lock (_lock)
            return _interfaces.Contains(@interface);
    }

    /// <summary>A property, or null if it is not there or of another type.</summary>
    public object? Get(string @interface, string property)
    {
        lock (_lock)
            return _properties.GetValueOrDefault((@interface, property));
    }

    /// <summary>A property that is true or false; false if it is not there.</summary>
    public bool Is(string @interface, string property) => Get(@interface, property) is true;

    /// <summary>A text property.</summary>
    public string? Text(string @interface, string property) => Get(@interface, property) switch
    {
        string text => text,
        DBusPath path => path.Text,
        _ => null,
    };

    /// <summary>A property that is a list of texts.</summary>
    public IEnumerable<string> Texts(string @interface, string property) =>
        Get(@interface, property) is object[] texts ? texts.OfType<string>() : [];

    /// <summary>Takes properties of an interface.</summary>
    public void Set(string @interface, Dictionary<object, object> properties, object[] invalidated)
    {
        lock (_lock)
        {
            _interfaces.Add(@interface);
            foreach (var (name, value) in properties)
                _properties[(@interface, (string)name)] = ((DBusVariant)value).Value;
            foreach (var name in invalidated)
                _properties.Remove((@interface, (string)name));
        }

        _changed.Raise();
    }

    /// <summary>Takes interfaces away.</summary>
    /// <returns>True if none is left.</returns>
    public bool Remove(object[] interfaces)
    {
        lock (_lock)
        {
            foreach (var name in interfaces.Cast<string>())
            {
                _interfaces.Remove(name);
                foreach (var key in _properties.Keys.Where(key => key.Interface == name).ToList())
                    _properties.Remove(key);
            }

            if (_interfaces.Count > 0)
                return false;
        }

        Remove();
        return true;
    }

    /// <summary>It is gone.</summary>
    public void Remove()
    {
        IsRemoved = true;
        _changed.Raise();
    }

    /// <summary>Waits until something is so.</summary>
    public async Task WaitAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = Changed;
            if (condition())
                return;
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
