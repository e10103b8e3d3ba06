namespace Dwapi.Gotapi.Printing;

/// <summary>Answer of an edge that is asked for a job.</summary>
/// <param name="Job">Its last report; null for a job that the edge does not know or has not reported of.</param>
/// <param name="Known">Whether the edge has the job.</param>
public sealed record PrintJobAnswer(PrintJobReport? Job = null, bool Known = false);
