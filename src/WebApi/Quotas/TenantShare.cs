using Dwapi.Grains.Settings;
using Dwapi.Grains.Tenants;

namespace Dwapi.WebApi.Quotas;

/// <summary>
/// What this node may use of one tenant's quotas. Sockets are taken in slices from the tenant's grain; between two slices opening a socket
/// is a matter of this node. Another node's unused slice is not seen, so the last sockets of a quota may be refused for 5 s.
/// </summary>
internal sealed class TenantShare(string tenant, TenantQuotas quotas, string node, ITenantGrain grain, TimeProvider time)
{
    // Small enough that nodes do not keep much from each other, large enough that few sockets have to ask.
    private const int Slices = 32;

    /// <summary>Seconds after which a refused socket may be tried again.</summary>
    public const int RetryAfterSeconds = 5;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _asking = new(1, 1);
    private int _granted;
    private int _open;
    private long? _refusedAt;

    /// <summary>The tenant.</summary>
    public string Tenant { get; } = tenant;

    /// <summary>The rate of measurements; null when it is not limited.</summary>
    public EventRate? Events { get; } = quotas.EventsPerSecond is null ? null : new EventRate(time);

    /// <summary>Why a socket is refused.</summary>
    public string SocketReason { get; } =
        $"The tenant has as many open WebSockets as its quota allows ({TenancyOptions.SettingOf(tenant, "Quotas:Sockets")} = {quotas.Sockets}). "
        + $"Close others, or try again in {RetryAfterSeconds} s.";

    /// <summary>True while there is something to renew.</summary>
    public bool InUse
    {
        get
        {
            lock (_gate)
            {
                return _open > 0 || _granted > 0 || Events?.Links > 0;
            }
        }
    }

    /// <summary>Counts a socket; false when the quota has no room for it.</summary>
    public async ValueTask<bool> TryOpenSocket()
    {
        if (quotas.Sockets is null || Enter())
        {
            return true;
        }

        if (WasRefusedJustNow())
        {
            return false;
        }

        await Renew(more: 1);
        if (Enter())
        {
            return true;
        }

        lock (_gate)
        {
            _refusedAt = time.GetTimestamp();
        }

        return false;
    }

    /// <summary>A socket that was counted is gone.</summary>
    public void CloseSocket()
    {
        if (quotas.Sockets is not null)
        {
            lock (_gate)
            {
                _open--;
                _refusedAt = null;
            }
        }
    }

    /// <summary>A plug-in link is up: its part of the rate is asked for before its first credits are given.</summary>
    public async Task AddLink()
    {
        if (Events is { } events)
        {
            events.CountLink(1);
            await Renew(more: 0);
        }
    }

    /// <summary>A plug-in link is gone.</summary>
    public void RemoveLink() => Events?.CountLink(-1);

    /// <summary>Takes or renews the share.</summary>
    public async Task Renew(int more)
    {
        await _asking.WaitAsync();
        try
        {
            int wanted;
            lock (_gate)
            {
                // Another one's slice may have brought the room already.
                wanted = _open + more == 0 ? 0 : _open + more + Math.Max(1, (quotas.Sockets ?? 0) / Slices);
            }

            var share = await grain.TakeShare(new QuotaUse(node, quotas.Sockets is null ? 0 : wanted, Events?.Links ?? 0));
            lock (_gate)
            {
                _granted = share.Sockets;
            }

            Events?.Set(share.EventsPerSecond);
        }
        finally
        {
            _asking.Release();
        }
    }

    private bool Enter()
    {
        lock (_gate)
        {
            if (_open >= _granted)
            {
                return false;
            }

            _open++;
            return true;
        }
    }

    // A crowd before a full tenant does not become a crowd before its grain.
    private bool WasRefusedJustNow()
    {
        lock (_gate)
        {
            return _refusedAt is { } at && time.GetElapsedTime(at) < TimeSpan.FromSeconds(1);
        }
    }
}
