using System.Collections.Frozen;
using Dwapi.Grains.Settings;
using Dwapi.Grains.Tenants;
using Dwapi.WebApi.Sessions;
using Dwapi.WebApi.Tenants;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dwapi.WebApi.Quotas;

/// <summary>The shares of this node, for tenants with a quota of sockets or events; renewed every 5 s while something is in use.</summary>
internal sealed class TenantShares : IAsyncDisposable
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(5);

    private readonly FrozenDictionary<string, TenantShare> _shares;
    private readonly ILogger _logger;
    private readonly ITimer? _timer;
    private readonly Lock _gate = new();
    private bool _ticking;
    private bool _used;

    public TenantShares(
        TenantDirectory tenants, IOptions<TenancyOptions> options, IGrainFactory grains, TimeProvider time, ILogger<TenantShares> logger)
    {
        var node = Guid.NewGuid().ToString("N");
        _shares = tenants.All
            .Select(tenant => (tenant.Name, Quotas: options.Value.QuotasOf(tenant.Name)))
            .Where(tenant => tenant.Quotas.Sockets is not null || tenant.Quotas.EventsPerSecond is not null)
            .ToFrozenDictionary(
                tenant => tenant.Name,
                tenant => new TenantShare(tenant.Name, tenant.Quotas, node, grains.GetGrain<ITenantGrain>(tenant.Name), time),
                StringComparer.Ordinal);
        _logger = logger;
        _timer = _shares.Count == 0 ? null : time.CreateTimer(_ => RenewUsed(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The share of a tenant; null when nothing limits it. Whoever asks is about to use it.</summary>
    public TenantShare? Of(string tenant)
    {
        if (!_shares.TryGetValue(tenant, out var share))
        {
            return null;
        }

        lock (_gate)
        {
            _used = true;
            if (!_ticking)
            {
                _ticking = true;
                _timer!.Change(RenewEvery, RenewEvery);
            }
        }

        return share;
    }

    public ValueTask DisposeAsync() => _timer?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void RenewUsed()
    {
        var any = false;
        foreach (var share in _shares.Values)
        {
            if (share.InUse)
            {
                any = true;
                share.Renew(more: 0).Forget(_logger);
            }
        }

        lock (_gate)
        {
            if (!any && !_used)
            {
                // A server that nobody uses sleeps.
                _ticking = false;
                _timer!.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }

            _used = false;
        }
    }
}
