using System.Security.Cryptography;
using Dwapi.Edge.Gcode;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.Content;

/// <summary>Looks at a file that came from outside or out of the slicer: its digest, and whether it stays within the printer.</summary>
internal static class PrintableFile
{
    /// <summary>SHA-256 as lower-case hex, in constant memory.</summary>
    public static async Task<string> DigestAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>What a printer is to be protected from.</summary>
    public static GcodeLimits Limits(PrinterAttributes printer, PrinterOptions options) => new()
    {
        SizeX = printer.PrintSizeX,
        SizeY = printer.PrintSizeY,
        SizeZ = printer.PrintSizeZ,
        Circular = printer.FormFactor == "circular",
        HottestNozzle = options.MaxNozzleTemperature,
        HottestBed = options.MaxBedTemperature,
    };

    /// <summary>What is wrong with a file as G-code, null if nothing is; and what of it cannot be seen.</summary>
    public static async Task<(PrintError? Error, IReadOnlyList<string> Unseen)> CheckAsync(string path, GcodeLimits limits, CancellationToken cancellationToken)
    {
        switch (FileKinds.Of(path))
        {
            case FileKind.BinaryGcode:
                return (new PrintError(PrintErrorCode.WrongType, "this is binary G-code, into which the edge cannot look: export it as text"), []);
            case not FileKind.Gcode:
                return (new PrintError(PrintErrorCode.WrongType, "this is no G-code"), []);
        }

        var found = await GcodeInspection.OfAsync(path, limits, cancellationToken).ConfigureAwait(false);
        return (found.Fault switch
        {
            null => null,
            GcodeFault.NotGcode => new PrintError(PrintErrorCode.WrongType, $"this is no G-code: {found.Detail}"),
            GcodeFault.TooHot => new PrintError(PrintErrorCode.ModelUnprintable, $"{found.Detail}: slice it for this printer, or raise the limit of the printer at the edge"),
            GcodeFault.Ambiguous => new PrintError(PrintErrorCode.ModelUnprintable, $"{found.Detail}: write it so that there is one reading"),
            _ => new PrintError(PrintErrorCode.ModelUnprintable, $"{found.Detail}: slice it for this printer"),
        }, found.Unseen);
    }
}
