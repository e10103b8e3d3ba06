using Dwapi.Edge.Printers.Ipp;
using Dwapi.Edge.Printers.Moonraker;
using Dwapi.Edge.Printers.OctoPrint;
using Dwapi.Edge.Printers.PrusaLink;
using Dwapi.Edge.Resilience;

namespace Dwapi.Edge.Printers;

/// <summary>Makes the connector of a printer.</summary>
internal static class PrinterConnectors
{
    public static IPrinterConnector Make(PrinterOptions options, HostPolicies policies, TimeProvider time) => options.Kind switch
    {
        PrinterKind.Moonraker => new MoonrakerConnector(options, policies, time),
        PrinterKind.OctoPrint => new OctoPrintConnector(options, policies, time),
        PrinterKind.Ipp => new IppConnector(options, policies, time),
        PrinterKind.PrusaLink => new PrusaLinkConnector(options, policies, time),
        _ => throw new EdgeOptionsException($"Printers: {options.Id} has an unknown kind"),
    };
}
