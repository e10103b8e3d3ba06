namespace Dwapi.Grains.Printing;

/// <summary>What one quota of a tenant has used of its day, key <c>tenant/NAME</c>: a group, or <c>*</c> for the tenant itself.</summary>
[Alias("Dwapi.IPrintDayGrain")]
public interface IPrintDayGrain : IGrainWithStringKey
{
    /// <summary>Counts a job as ordered today; a repeated call does nothing again.</summary>
    /// <returns>"", or which limit is used up and when to order again.</returns>
    [Alias("Take")]
    Task<string> Take(string jobId);

    /// <summary>The job was not ordered after all.</summary>
    [Alias("Return")]
    Task Return(string jobId);

    /// <summary>The time that a job prints became known; a repeated call does nothing again.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="seconds">Estimated, else what it took.</param>
    [Alias("Charge")]
    Task Charge(string jobId, double seconds);
}
