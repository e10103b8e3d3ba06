using Dwapi.Grains;
using Dwapi.Grains.Devices;
using Dwapi.Grains.Printing;

namespace Dwapi.WebApi.PluginLink.Ingest;

/// <summary>Whose reports go one after the other: a device's, a printer's, or a print job's.</summary>
/// <param name="ServiceId">The service that the edge names.</param>
/// <param name="Printing">True for the snapshots of a printer.</param>
/// <param name="JobId">The print job; "" for none.</param>
internal readonly record struct Lane(string ServiceId, bool Printing, string JobId)
{
    /// <summary>The lane of an item.</summary>
    public static Lane Of(string serviceId, string profile, ReportItem item)
    {
        if (!PrintingDoor.IsPrinting(profile))
        {
            return new Lane(serviceId, Printing: false, "");
        }

        return item.Attribute == Dwapi.Gotapi.Printing.PrintingProfile.Job
            ? new Lane(serviceId, Printing: true, PrintingDoor.JobOf(item))
            : new Lane(serviceId, Printing: true, "");
    }

    /// <summary>Hands a report to the grain that owns it.</summary>
    public Task<ReportResult> Report(IGrainFactory grains, string tenant, ReportBatch batch, CancellationToken cancellationToken)
    {
        if (!Printing)
        {
            return grains.GetGrain<IDeviceGrain>(TenantKey.Of(tenant, ServiceId)).Report(batch, cancellationToken);
        }

        return JobId.Length == 0
            ? grains.GetGrain<IPrinterGrain>(TenantKey.Of(tenant, ServiceId)).Report(batch, cancellationToken)
            : grains.GetGrain<IPrintJobGrain>(TenantKey.Of(tenant, JobId)).Report(ServiceId, batch, cancellationToken);
    }
}
