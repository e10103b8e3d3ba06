using System.Globalization;
using System.Text;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers.Slicing;

/// <summary>The settings that the edge gives the slicer around a profile.</summary>
internal static class SlicerConfiguration
{
    /// <summary>Loaded last: what no profile decides. Programs after the export would run as the edge; binary G-code could not be looked into.</summary>
    public const string Last = "post_process =\nbinary_gcode = 0\n";

    private const int CircleCorners = 72;

    /// <summary>Loaded first: what the printer says of itself, for profiles that leave it open. "klipper" as a flavour is not known to every release.</summary>
    public static string First(PrinterAttributes printer)
    {
        var text = new StringBuilder("gcode_flavor = marlin2\n");
        if (printer is { PrintSizeX: > 0, PrintSizeY: > 0 })
            text.Append("bed_shape = ").AppendJoin(',', Corners(printer)).Append('\n');
        if (printer.PrintSizeZ > 0)
            text.Append(CultureInfo.InvariantCulture, $"max_print_height = {printer.PrintSizeZ:0.###}\n");
        if (printer.NozzleDiameter is > 0)
            text.Append(CultureInfo.InvariantCulture, $"nozzle_diameter = {printer.NozzleDiameter:0.###}\n");
        return text.ToString();
    }

    private static IEnumerable<string> Corners(PrinterAttributes printer)
    {
        var (x, y) = (printer.PrintSizeX, printer.PrintSizeY);
        if (printer.FormFactor != "circular")
            return [Point(0, 0), Point(x, 0), Point(x, y), Point(0, y)];
        return Enumerable.Range(0, CircleCorners).Select(corner =>
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * corner / CircleCorners);
            return Point(x / 2 * cos, y / 2 * sin);
        });
    }

    private static string Point(double x, double y) => string.Create(CultureInfo.InvariantCulture, $"{x:0.###}x{y:0.###}");
}
