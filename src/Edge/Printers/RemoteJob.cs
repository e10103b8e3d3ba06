using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers;

/// <summary>What a printer knows of a job.</summary>
/// <param name="State">What became of it.</param>
/// <param name="Id">The printer's own id; null if it has none.</param>
/// <param name="Message">The printer's words, "" for none.</param>
/// <param name="Error">Why it failed, where the printer says so.</param>
internal sealed record RemoteJob(RemoteJobState State, string? Id, string Message, PrintErrorCode? Error = null);
