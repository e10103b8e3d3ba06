namespace Dwapi.WebApi.Management.Printers;

/// <summary>What an operator changes at a job; what is absent stays.</summary>
/// <param name="Held">It waits for a person, or may go.</param>
/// <param name="Order">Its place among the waiting ones, from 1.</param>
/// <param name="Priority">0 to 9; higher ones go first.</param>
/// <param name="Paused">Its print pauses, or goes on.</param>
internal sealed record PrintJobChange(bool? Held, int? Order, int? Priority, bool? Paused);
