namespace Dwapi.Grains.Devices;

/// <summary>The web nodes that want a device's events, each until 30 s after it last said so (DECISIONS 17).</summary>
internal sealed class DeviceLeases(TimeProvider time)
{
    /// <summary>How long a lease holds.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, long> _taken = new(1);

    /// <summary>Takes or renews a lease.</summary>
    public void Take(string node) => _taken[node] = time.GetTimestamp();

    /// <summary>Whether anybody holds a lease now.</summary>
    public bool Any()
    {
        if (_taken.Count == 0)
            return false;

        foreach (var (node, taken) in _taken)
        {
            // Removal while enumerating is allowed for a dictionary.
            if (time.GetElapsedTime(taken) >= Duration)
                _taken.Remove(node);
        }

        return _taken.Count > 0;
    }
}
