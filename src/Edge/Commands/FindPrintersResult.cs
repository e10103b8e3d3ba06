using Dwapi.Edge.Printers.Discovery;

namespace Dwapi.Edge.Commands;

/// <summary>Result of the verb printers find.</summary>
/// <param name="Printers">Who answered.</param>
internal sealed record FindPrintersResult(IReadOnlyList<FoundPrinter> Printers);
