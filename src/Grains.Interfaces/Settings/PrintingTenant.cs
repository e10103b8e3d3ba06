using System.ComponentModel.DataAnnotations;

namespace Dwapi.Grains.Settings;

/// <summary>Values of one tenant, under <c>Printing:Tenants:NAME</c>; what is not set is that of all.</summary>
public sealed class PrintingTenant
{
    /// <summary>In place of <see cref="PrintingOptions.JobsPerPrinter"/>.</summary>
    [Range(1, 10_000)]
    public int? JobsPerPrinter { get; set; }

    /// <summary>In place of <see cref="PrintingOptions.JobsPerApplication"/>.</summary>
    [Range(1, 10_000)]
    public int? JobsPerApplication { get; set; }

    /// <summary>In place of <see cref="PrintingOptions.Approval"/>.</summary>
    public bool? Approval { get; set; }
}
