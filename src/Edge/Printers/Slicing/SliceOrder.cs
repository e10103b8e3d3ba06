using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.Slicing;

/// <summary>What is to be sliced.</summary>
/// <param name="Model">Where the model lies.</param>
/// <param name="Folder">The slicer's own folder; emptied before and removed after.</param>
/// <param name="Output">Where the G-code goes.</param>
/// <param name="PrinterId">The printer's id in the settings.</param>
/// <param name="Printer">What the printer says of itself.</param>
/// <param name="Profile">Name of the profile; "" for the printer's own.</param>
internal sealed record SliceOrder(string Model, string Folder, string Output, string PrinterId, PrinterAttributes Printer, string Profile);
