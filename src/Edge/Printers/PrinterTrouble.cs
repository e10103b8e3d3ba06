using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers;

/// <summary>Something wrong with a printer, in the back end's words.</summary>
internal readonly record struct PrinterTrouble(AlertCode Code, AlertSeverity Severity, string Message);
