namespace Dwapi.VirtualPrinters;

/// <summary>One printer of a process with what answers for it.</summary>
internal sealed record PrinterSite(VirtualPrinter Printer, MoonrakerMethods Methods, MoonrakerAccess Access);
