using System.CommandLine;
using Dwapi.Edge.Configuration;
using Dwapi.Edge.Printers;
using Dwapi.Edge.Printers.Slicing;

namespace Dwapi.Edge.Commands;

/// <summary>printers: the configured printers, whether they answer, and what to do if not.</summary>
internal static class PrintersCommand
{
    public static Command Create()
    {
        var config = new Option<string>("--config") { Description = "Settings; see docs/edge.md.", DefaultValueFactory = _ => EdgeConfiguration.DefaultFile, Recursive = true };
        var command = new Command("printers", "List the 3D printers of the edge, ask each one, and say what is wrong; works while the edge runs.")
        {
            config,
            PrinterKeyCommand.Create(config),
            FindPrintersCommand.Create(),
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var output = new CommandOutput(parsed);
            try
            {
                var options = EdgeConfiguration.Load(parsed.GetValue(config)!);
                EdgeOptionsCheck.Printers(options);
                var found = await PrinterProbe.AskAllAsync(options.Printers, new Slicer(options.Slicer, TimeProvider.System), TimeProvider.System, cancellationToken).ConfigureAwait(false);
                output.Result(new PrintersResult(found), ReadableJson.Context.PrintersResult, found.Count == 0
                    ? ["No printers are configured. Add \"printers\": [{ \"id\": \"...\", \"kind\": \"Moonraker\", \"address\": \"http://...\" }] to the settings, or look for some by: dwapi-edge printers find"]
                    : found.SelectMany(Lines));
                return found.All(printer => printer.Problem is null) ? ExitCode.Ok : ExitCode.Unwell;
            }
            catch (EdgeOptionsException e)
            {
                return output.Fault(ExitCode.Configuration, e.Message);
            }
        });
        return command;
    }

    private static IEnumerable<string> Lines(PrinterFinding printer)
    {
        yield return $"{(printer.Problem is null ? "ok  " : "BAD ")} {printer.ServiceId}  {printer.Kind} {printer.Address}";
        if (printer.Problem is { } problem)
            yield return $"       {problem}";
        if (printer.Device is { } device)
            yield return $"       {device.ProductName} {device.ManufacturerName} {device.ModelNumber}".TrimEnd() + $", software {device.SoftwareRevision}, firmware {device.FirmwareRevision}";
        if (printer.Attributes is { } attributes)
        {
            yield return $"       {attributes.PrintType}, {attributes.PrintSizeX:0.#} x {attributes.PrintSizeY:0.#} x {attributes.PrintSizeZ:0.#} mm, "
                + $"takes {string.Join(", ", attributes.FileTypes)}";
        }

        if (printer.Status is { } status)
        {
            yield return $"       {status}{(printer.FileName is { } file ? $", {file}" : "")}"
                + $"{(printer.Waiting > 0 ? $"; {printer.Waiting} files wait in its own queue: it may start them by itself, empty it" : "")}";
        }

        foreach (var trouble in printer.Troubles)
            yield return $"       {trouble}";
    }
}
