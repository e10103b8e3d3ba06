using Dwapi.Grains.Ports;
using Dwapi.Storage.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dwapi.Storage.Retention;

/// <summary>Removes what is older than its retention, at the start and then daily.</summary>
internal sealed class RetentionService(
    IMeasurementStore store,
    IRetainedTenants tenants,
    IOptions<RetentionOptions> options,
    TimeProvider time,
    ILogger<RetentionService> logger) : DailyService(time)
{
    private readonly TimeProvider _time = time;

    protected override void Failed(MeasurementStoreException fault) => Log.RetentionFailed(logger, fault);

    /// <summary>One turn over all tenants.</summary>
    internal override async Task RunOnce(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        foreach (var tenant in await tenants.GetTenants(cancellationToken))
        {
            foreach (var rule in options.Value.Of(tenant))
            {
                var removed = await store.Retain(tenant, rule.Attribute, rule.Continuous, (now - rule.Keep).ToUnixTimeMilliseconds(), cancellationToken);
                if (removed > 0)
                {
                    Log.Retained(logger, removed, rule.Name, tenant);
                }
            }
        }
    }
}
