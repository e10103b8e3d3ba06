using System.ComponentModel.DataAnnotations;

namespace Dwapi.Grains.Settings;

/// <summary>What a tenant, or a group of its applications, may print. What is not set is no limit of a group, and that of all for a tenant.</summary>
public class PrintingLimits
{
    /// <summary>Most jobs that wait or run at one printer.</summary>
    [Range(1, 10_000)]
    public int? JobsPerPrinter { get; set; }

    /// <summary>Most jobs of one application (origin) at one printer.</summary>
    [Range(1, 10_000)]
    public int? JobsPerApplication { get; set; }

    /// <summary>Most jobs that are ordered in a day, at all printers; the day is that of the server's time zone.</summary>
    [Range(1, 10_000)]
    public int? JobsPerDay { get; set; }

    /// <summary>Hours of print in a day after which nothing is ordered any more: estimated ones, else those that it took.</summary>
    [Range(0.01, 100_000)]
    public double? HoursPerDay { get; set; }

    /// <summary>True: every job waits in the queue until a person lets it go.</summary>
    public bool? Approval { get; set; }
}
