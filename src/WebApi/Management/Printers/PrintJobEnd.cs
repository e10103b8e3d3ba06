namespace Dwapi.WebApi.Management.Printers;

/// <summary>What became of a job that was ended by force.</summary>
/// <param name="Message">That, and what to do now.</param>
internal sealed record PrintJobEnd(string Message);
