using Dwapi.Edge.Printers;

namespace Dwapi.Edge.Commands;

/// <summary>Result of the verb printers.</summary>
internal sealed record PrintersResult(IReadOnlyList<PrinterFinding> Printers);
