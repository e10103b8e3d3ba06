namespace Dwapi.Grains.Printing;

/// <summary>What a job makes of a report.</summary>
internal enum ReportFate
{
    /// <summary>Applied.</summary>
    Applied,

    /// <summary>Known before, or of a job that has ended.</summary>
    Known,

    /// <summary>There is no such row in the table, or reports before it are missing.</summary>
    Refused,
}
