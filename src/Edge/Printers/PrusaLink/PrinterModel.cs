namespace Dwapi.Edge.Printers.PrusaLink;

/// <summary>A model of a printer and what it can print, as PrusaLink does not say it.</summary>
/// <param name="Model">What it is called.</param>
/// <param name="Names">How printers and people write it; capitals, blanks and dashes make no difference.</param>
/// <param name="PrintVolume">XxYxZ, millimetres.</param>
internal sealed record PrinterModel(string Model, IReadOnlyList<string> Names, string PrintVolume);
