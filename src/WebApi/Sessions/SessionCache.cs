using Dwapi.Grains.Applications;
using Dwapi.Grains.Settings;
using Dwapi.WebApi.Tenants;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dwapi.WebApi.Sessions;

/// <summary>
/// Sessions as this node knows them. A revocation is seen after at most SessionCacheTime, because an entry is asked again when it is
/// older; unknown clients are never kept, and known ones that are not used leave memory.
/// </summary>
internal sealed class SessionCache : IDisposable
{
    private static readonly TimeSpan UnusedFor = TimeSpan.FromSeconds(10);

    private readonly IGrainFactory _grains;
    private readonly TenantDirectory _tenants;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly long _maxAge;
    private readonly ITimer _timer;
    private int _sweepIsDue;

    public SessionCache(
        IGrainFactory grains, TenantDirectory tenants, TimeProvider time, IOptions<GotapiOptions> options, ILogger<SessionCache> logger)
    {
        _grains = grains;
        _tenants = tenants;
        _time = time;
        _logger = logger;
        _maxAge = (long)(options.Value.SessionCacheTime.TotalSeconds * time.TimestampFrequency);
        _timer = time.CreateTimer(static cache => ((SessionCache)cache!).Sweep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The session that a token opens; null when the token is not known (error 15).</summary>
    /// <param name="tenant">Whose session.</param>
    /// <param name="token">The token as it came.</param>
    public ValueTask<CachedSession?> Open(Tenant tenant, ReadOnlyMemory<char> token)
    {
        if (!TokenText.TryGetClientId(token.Span, out var clientId))
        {
            return default;
        }

        var now = _time.GetTimestamp();
        if (tenant.Sessions.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(clientId, out var session)
            && now - session.FetchedAt < _maxAge
            && session.IsToken(token.Span))
        {
            TouchWhenDue(session, now);
            return new(session);
        }

        // Stale, or another token than the one we know: it may be a new one that another node issued a moment ago.
        return OpenByAsking(tenant, token, clientId.ToString());
    }

    /// <summary>A session by its client, asked anew; null when there is no such client.</summary>
    public async ValueTask<CachedSession?> Ask(Tenant tenant, string clientId)
    {
        var now = _time.GetTimestamp();
        var grain = _grains.GetGrain<ISessionGrain>(tenant.KeyOf(clientId));
        if (await grain.GetSession() is not { } snapshot)
        {
            tenant.Sessions.TryRemove(clientId, out _);
            return null;
        }

        var session = new CachedSession(clientId, grain, snapshot, now);
        if (tenant.Sessions.TryGetValue(clientId, out var before))
        {
            session.Inherit(before);
        }

        tenant.Sessions[clientId] = session;
        SweepLater();
        return session;
    }

    /// <summary>Forgets a session whose state this node has just changed.</summary>
    public static void Forget(Tenant tenant, string clientId) => tenant.Sessions.TryRemove(clientId, out _);

    /// <inheritdoc />
    public void Dispose() => _timer.Dispose();

    private async ValueTask<CachedSession?> OpenByAsking(Tenant tenant, ReadOnlyMemory<char> token, string clientId)
    {
        var session = await Ask(tenant, clientId);
        if (session is null || !session.IsToken(token.Span))
        {
            return null;
        }

        TouchWhenDue(session, _time.GetTimestamp());
        return session;
    }

    private void TouchWhenDue(CachedSession session, long now)
    {
        if (session.ShouldTouch(now, _time.TimestampFrequency))
        {
            session.Grain.Touch().Forget(_logger);
        }
    }

    private void SweepLater()
    {
        // A server that nobody asks sleeps.
        if (Interlocked.Exchange(ref _sweepIsDue, 1) == 0)
        {
            _timer.Change(UnusedFor, Timeout.InfiniteTimeSpan);
        }
    }

    private void Sweep()
    {
        var unusedSince = _time.GetTimestamp() - (long)(UnusedFor.TotalSeconds * _time.TimestampFrequency);
        var kept = false;
        Volatile.Write(ref _sweepIsDue, 0);
        foreach (var tenant in _tenants.All)
        {
            foreach (var (clientId, session) in tenant.Sessions)
            {
                var isUnused = session.FetchedAt <= unusedSince;
                kept |= !isUnused;
                if (isUnused)
                {
                    tenant.Sessions.TryRemove(new(clientId, session));
                }
            }
        }

        if (kept)
        {
            SweepLater();
        }
    }
}
