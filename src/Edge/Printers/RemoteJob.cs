namespace Dwapi.Edge.Printers;

/// <summary>What a printer knows of a job.</summary>
/// <param name="State">What became of it.</param>
/// <param name="Id">The printer's own id; null if it has none.</param>
/// <param name="Message">The printer's words, "" for none.</param>
internal sealed record RemoteJob(RemoteJobState State, string? Id, string Message);
