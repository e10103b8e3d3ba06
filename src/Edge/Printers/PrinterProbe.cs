using Dwapi.Edge.Printers.Slicing;
using Dwapi.Edge.Resilience;

namespace Dwapi.Edge.Printers;

/// <summary>Asks printers once: for people who want to know why one does not print.</summary>
internal static class PrinterProbe
{
    /// <summary>Asks all of them at the same time.</summary>
    public static async Task<IReadOnlyList<PrinterFinding>> AskAllAsync(
        IEnumerable<PrinterOptions> printers, Slicer slicer, TimeProvider time, CancellationToken cancellationToken)
    {
        var policies = new HostPolicies(time);
        return await Task.WhenAll(printers.Select(printer => AskAsync(printer, slicer, policies, time, cancellationToken))).ConfigureAwait(false);
    }

    private static async Task<PrinterFinding> AskAsync(
        PrinterOptions options, Slicer slicer, HostPolicies policies, TimeProvider time, CancellationToken cancellationToken)
    {
        var finding = new PrinterFinding { ServiceId = PrinterIdentity.ServiceId(options), Kind = options.Kind, Address = options.Address! };
        try
        {
            await using var connector = PrinterConnectors.Make(options, policies, time);
            var (device, attributes) = await connector.DescribeAsync(cancellationToken).ConfigureAwait(false);
            var capabilities = connector.Capabilities;
            finding = finding with { Device = device, Attributes = slicer.Widen(attributes, capabilities), Capabilities = slicer.Widen(capabilities) };
            var reading = await connector.GetStatusAsync(cancellationToken).ConfigureAwait(false);
            return finding with
            {
                Status = reading.Status,
                FileName = reading.FileName,
                Waiting = reading.Queue.Length,
                Troubles = [.. reading.Troubles.Select(trouble => $"{trouble.Code}: {trouble.Message.ReplaceLineEndings(" ")}")],
            };
        }
        catch (PrinterException e)
        {
            var todo = e.Fault != PrinterFault.Unauthorized ? "" : options.Kind switch
            {
                PrinterKind.OctoPrint => $" Get a key with dwapi-edge printers key {options.Id}, or let the owner of the key have the permissions STATUS, PRINT and FILES.",
                PrinterKind.PrusaLink => " Set userName and passwordFile, or apiKeyFile, as the printer's menu shows them (Network, PrusaLink).",
                _ => " Set apiKey or apiKeyFile, or let the address of this edge be trusted by the printer.",
            };
            var said = e.Message.ReplaceLineEndings(" ");
            return finding with { Problem = todo.Length == 0 ? said : $"{said.TrimEnd('.')}.{todo}" };
        }
    }
}
