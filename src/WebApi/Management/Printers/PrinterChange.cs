namespace Dwapi.WebApi.Management.Printers;

/// <summary>What an operator changes at a printer; what is absent stays.</summary>
/// <param name="BedCleared">True: the part was removed.</param>
/// <param name="ClearsItself">The printer clears its bed itself.</param>
internal sealed record PrinterChange(bool? BedCleared, bool? ClearsItself);
