using System.Globalization;
using Dwapi.Grains.Settings;

namespace Dwapi.Grains.Printing;

/// <summary>The rules of quotas, the same for a tenant and for a group: each answers "" or which limit is used up and when to order again.</summary>
internal static class PrintRules
{
    /// <summary>Whether one more job may wait at a printer.</summary>
    /// <param name="quota">The quota.</param>
    /// <param name="jobs">Those that wait or run there, whoever ordered them.</param>
    /// <param name="origin">Who orders.</param>
    public static string QueueRefusal(PrintingQuota quota, IEnumerable<QueuedPrint> jobs, string origin)
    {
        var counted = jobs.Where(job => quota.IsOf(job.Origin)).ToList();
        if (counted.Count >= quota.Limits.JobsPerPrinter)
            return Refusal(quota, nameof(PrintingLimits.JobsPerPrinter), "jobs at this printer", "when one of them has ended");
        return counted.Count(job => job.Origin == origin) >= quota.Limits.JobsPerApplication
            ? Refusal(quota, nameof(PrintingLimits.JobsPerApplication), "jobs of this application at this printer", "when one of them has ended")
            : "";
    }

    /// <summary>Whether one more job may be ordered today.</summary>
    /// <param name="quota">The quota.</param>
    /// <param name="jobs">Jobs that were ordered today.</param>
    /// <param name="seconds">Seconds of print today.</param>
    /// <param name="midnight">When the day is over.</param>
    public static string DayRefusal(PrintingQuota quota, int jobs, double seconds, DateTimeOffset midnight)
    {
        var when = string.Create(CultureInfo.InvariantCulture, $"after {midnight:yyyy-MM-ddTHH:mm:sszzz}");
        if (jobs >= quota.Limits.JobsPerDay)
            return Refusal(quota, nameof(PrintingLimits.JobsPerDay), "jobs today", when);
        return seconds / 3600 >= quota.Limits.HoursPerDay ? Refusal(quota, nameof(PrintingLimits.HoursPerDay), "hours of print today", when) : "";
    }

    /// <summary>Whether a quota has limits that are counted by day.</summary>
    public static bool HasDay(PrintingQuota quota) => quota.Limits.JobsPerDay is not null || quota.Limits.HoursPerDay is not null;

    private static string Refusal(PrintingQuota quota, string limit, string what, string when)
    {
        var whom = quota.Name == PrintingQuota.Everybody ? "" : $" of the group {quota.Name}";
        return $"As many {what}{whom} as there may be ({quota.Section}:{limit}). Order again {when}.";
    }
}
