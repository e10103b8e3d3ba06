using Dwapi.Grains.Settings;
using Microsoft.Extensions.Options;

namespace Dwapi.WebApi.Doors;

/// <summary>Counts the open GotAPI-5 sockets of this node against the limit.</summary>
internal sealed class SocketCount(IOptions<GotapiOptions> options)
{
    private readonly int _limit = options.Value.OpenSockets;
    private int _open;

    /// <summary>Sockets that are open now.</summary>
    public int Open => Volatile.Read(ref _open);

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _open) <= _limit)
        {
            return true;
        }

        Interlocked.Decrement(ref _open);
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _open);
}
