namespace Dwapi.Edge.Commands;

/// <summary>Result of printers key.</summary>
/// <param name="Address">Whose key it is.</param>
/// <param name="Key">The key; null if it went into a file.</param>
/// <param name="File">The file; null if there is none.</param>
internal sealed record PrinterKeyResult(Uri Address, string? Key, string? File);
