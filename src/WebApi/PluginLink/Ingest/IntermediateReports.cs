using Dwapi.Grains;
using Dwapi.Grains.Devices;

namespace Dwapi.WebApi.PluginLink.Ingest;

/// <summary>
/// Intermediate measurements (DECISIONS 18): best effort, so nobody waits for them, and a device that is behind loses them.
/// </summary>
internal sealed class IntermediateReports(LinkServices services, PluginKey key)
{
    private const int Most = 256;

    private int _underWay;

    public void Report(string serviceId, ReportItem item)
    {
        if (Volatile.Read(ref _underWay) < Most)
        {
            _ = ReportAsync(serviceId, item);
        }
    }

    private async Task ReportAsync(string serviceId, ReportItem item)
    {
        Interlocked.Increment(ref _underWay);
        try
        {
            await services.Grains.GetGrain<IDeviceGrain>(TenantKey.Of(key.Tenant, serviceId)).ReportIntermediate(item);
        }
        catch (Exception exception)
        {
            Log.IntermediateLost(services.Logger, key.EdgeId, serviceId, exception);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }
}
