using System.Security.Cryptography;
using Dwapi.Edge.Gcode;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.Content;

/// <summary>Looks at a file that came from outside: its digest, what it really is, and whether it stays within the printer.</summary>
internal static class PrintableFile
{
    // No printer of plastic needs more; a file that asks for it is wrong or malicious.
    private const double HottestNozzle = 350;
    private const double HottestBed = 150;
    private const int Head = 4096;

    /// <summary>SHA-256 as lower-case hex, in constant memory.</summary>
    public static async Task<string> DigestAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>What is wrong with a file for a printer: G-code, or a model that the printer takes as it is; null if nothing is.</summary>
    public static PrintError? Check(string path, PrinterAttributes printer)
    {
        var head = new byte[Head];
        int length;
        using (var file = File.OpenRead(path))
            length = file.ReadAtLeast(head, Head, throwOnEndOfStream: false);
        var start = head.AsSpan(0, length);
        var kind = FileKinds.Of(start);
        if (kind != FileKinds.Gcode && MediaTypes.For(kind, printer.FileTypes) is not null)
            return null;
        if (kind != FileKinds.Gcode)
            return new PrintError(PrintErrorCode.SliceFailed, "this is a model, and the edge has no slicer: send G-code");
        if (length == 0 || start.Contains((byte)0))
            return new PrintError(PrintErrorCode.WrongType, "this is no G-code");
        try
        {
            return CheckGcode(path, printer);
        }
        catch (InvalidDataException e)
        {
            return new PrintError(PrintErrorCode.WrongType, $"this is no G-code: {e.Message}");
        }
    }

    private static PrintError? CheckGcode(string path, PrinterAttributes printer)
    {
        using var gcode = new GcodeFile(path);
        var (relative, commands) = (false, 0L);
        while (gcode.ReadLine() is { } line)
        {
            var command = GcodeCommand.Parse(line);
            if (IsCommand(command.Name))
                commands++;
            switch (command.Name)
            {
                case "G90" or "G91":
                    relative = command.Name == "G91";
                    break;
                case "G0" or "G1" when !relative && (Beyond(command, 'X', printer.PrintSizeX) ?? Beyond(command, 'Y', printer.PrintSizeY) ?? Beyond(command, 'Z', printer.PrintSizeZ)) is { } axis:
                    return new PrintError(PrintErrorCode.ModelUnprintable, $"the file moves {axis} beyond what the printer has: slice it for this printer");
                case "M104" or "M109" when command.Number('S') > HottestNozzle:
                case "M140" or "M190" when command.Number('S') > HottestBed:
                    return new PrintError(PrintErrorCode.ModelUnprintable, $"the file wants {command.Number('S')} deg C: slice it for this printer");
            }
        }

        return commands > 0 ? null : new PrintError(PrintErrorCode.WrongType, "this is no G-code: there is no command in it");
    }

    private static bool IsCommand(string name) => name.Length >= 2 && name[0] is 'G' or 'M' or 'T' && name.AsSpan(1).IndexOfAnyExcept("0123456789.") < 0;

    // A printer that does not say its size is not protected by it. Origins beside the bed are usual: half a bed below zero is let through.
    private static char? Beyond(in GcodeCommand command, char axis, double size) =>
        size > 0 && command.Number(axis) is { } to && (to > size + 0.001 || to < -size / 2) ? axis : null;
}
