namespace Dwapi.Gotapi.Printing;

/// <summary>Why a job failed.</summary>
/// <param name="Code">The kind.</param>
/// <param name="Message">What happened and what to do, without token.</param>
public sealed record PrintError(PrintErrorCode Code, string Message);
