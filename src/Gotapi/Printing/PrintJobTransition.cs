namespace Dwapi.Gotapi.Printing;

/// <summary>A row of <see cref="PrintJobTransitions"/>.</summary>
/// <param name="From">The state before.</param>
/// <param name="Trigger">What happens.</param>
/// <param name="To">The state after.</param>
public readonly record struct PrintJobTransition(PrintJobState From, PrintJobTrigger Trigger, PrintJobState To);
