namespace Dwapi.Grains.Applications;

/// <summary>
/// HMAC keys that came with availability and wait for the grant of the same remote address, in order of arrival (DECISIONS 1). In memory
/// only: an application whose key was lost asks for availability again.
/// </summary>
internal sealed class OfferedKeys
{
    /// <summary>Keys kept for one origin; the oldest goes first, so that a flood of requests does not fill the memory.</summary>
    public const int Maximum = 256;

    /// <summary>How long a key waits.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly LinkedList<(string Address, HmacKey Key, DateTimeOffset Until)> _keys = new();

    /// <summary>True when no key waits.</summary>
    public bool IsEmpty => _keys.Count == 0;

    /// <summary>Keeps a key.</summary>
    public void Offer(string remoteAddress, HmacKey key, DateTimeOffset now)
    {
        RemoveLapsed(now);
        if (_keys.Count == Maximum)
            _keys.RemoveFirst();
        _keys.AddLast((remoteAddress, key, now + Lifetime));
    }

    /// <summary>Takes the oldest key of an address, or null.</summary>
    public HmacKey? Take(string remoteAddress, DateTimeOffset now)
    {
        RemoveLapsed(now);
        for (var node = _keys.First; node is not null; node = node.Next)
        {
            if (node.Value.Address != remoteAddress)
                continue;
            _keys.Remove(node);
            return node.Value.Key;
        }

        return null;
    }

    private void RemoveLapsed(DateTimeOffset now)
    {
        while (_keys.First is { } first && first.Value.Until <= now)
            _keys.RemoveFirst();
    }
}
