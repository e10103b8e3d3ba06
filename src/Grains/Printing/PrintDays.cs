using Dwapi.Grains.Settings;

namespace Dwapi.Grains.Printing;

/// <summary>The days of the quotas that one job counts against: its tenant's, and those of its application's groups.</summary>
internal sealed class PrintDays(IGrainFactory grains, PrintingOptions options, string tenant, string jobId, PrintJobData data)
{
    /// <summary>Whether the seconds of print are known and the quotas were not told them yet.</summary>
    public bool AreToBeCharged(double? seconds) => seconds is not null && data.Charged != seconds && All.Any();

    private IEnumerable<IPrintDayGrain> All => data.Request is { } request
        ? options.QuotasOf(tenant, request.Origin).Where(PrintRules.HasDay).Select(quota => grains.GetGrain<IPrintDayGrain>(TenantKey.Of(tenant, quota.Name)))
        : [];

    /// <summary>Counts the job; "", or which limit is used up and when to order again. Who was counted stays so until <see cref="Return"/>.</summary>
    public async Task<string> Take()
    {
        foreach (var day in All)
        {
            if (await day.Take(jobId) is { Length: > 0 } refusal)
                return refusal;
        }

        return "";
    }

    /// <summary>The job was not ordered after all.</summary>
    public Task Return() => Task.WhenAll(All.Select(day => day.Return(jobId)));

    /// <summary>Tells the quotas the seconds of print; the caller makes it durable.</summary>
    public async Task Charge(double seconds)
    {
        await Task.WhenAll(All.Select(day => day.Charge(jobId, seconds)));
        data.Charged = seconds;
    }
}
