using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.Slicing;

/// <summary>What the end of a slicer means; printing-3dp 6, and what 2.5.0 was seen to do.</summary>
internal static class SlicerEnd
{
    private const int Aborted = 128 + 6;
    private const int Killed = 128 + 9;
    private const int Faulted = 128 + 11;
    private const int OutOfTime = 128 + 24;
    private const int OutOfFile = 128 + 25;

    /// <summary>What went wrong, and what to do about it; for an exit code that is not 0.</summary>
    public static SliceException Of(int exitCode, IReadOnlyList<string> complaints, SlicerOptions options, PrinterAttributes printer)
    {
        var words = complaints.Count > 0 ? complaints[^1] : "";
        bool Says(string text) => complaints.Any(line => line.Contains(text, StringComparison.OrdinalIgnoreCase));

        if (Says("could not fit on the bed"))
        {
            return new SliceException(
                PrintErrorCode.ModelUnprintable, $"the model does not fit the bed of {printer.PrintSizeX:0.#} x {printer.PrintSizeY:0.#} mm: scale it down or cut it");
        }

        if (Says("bad_alloc"))
            return Failed($"the slicer needs more than {options.MemoryMegabytes} MB of memory: simplify the model, or raise slicer.memoryMegabytes of the edge");
        return exitCode switch
        {
            1 when Says("print is empty") || Says("No layers were detected") => new SliceException(PrintErrorCode.ModelUnprintable, "nothing of the model can be printed: it is too small or too flat for the profile"),
            1 when Says("Loading of a model file failed") => new SliceException(PrintErrorCode.ModelUnprintable, "the slicer cannot read the model: export it once more"),
            1 => Failed($"the slicer refuses: {(words.Length > 0 ? words : "it does not say why")}"),
            Aborted => Failed($"the slicer broke off: {(words.Length > 0 ? words.Replace("what():", "", StringComparison.Ordinal).Trim() : "it does not say why")}"),
            Faulted => Failed("the slicer broke down on this model: repair it (open edges, no volume) and export it once more"),
            Killed => Failed("the slicer was killed, most likely as the edge ran out of memory: lower slicer.memoryMegabytes or simplify the model"),
            OutOfTime => Failed($"the slicer was not done after {options.Seconds} s: simplify the model, or raise slicer.seconds of the edge"),
            OutOfFile => Failed($"the G-code is larger than {options.OutputMegabytes} MB: simplify the model, or raise slicer.outputMegabytes of the edge"),
            _ => Failed($"the slicer ended with {exitCode}: {words}"),
        };
    }

    private static SliceException Failed(string message) => new(PrintErrorCode.SliceFailed, message);
}
