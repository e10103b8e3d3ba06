using System.Globalization;

namespace Dwapi.Edge.Printers;

/// <summary>What a printer can print.</summary>
/// <param name="X">Width, millimetres; 0 if it is not known.</param>
/// <param name="Y">Depth.</param>
/// <param name="Z">Height.</param>
internal readonly record struct PrintVolume(double X, double Y, double Z)
{
    /// <summary>What the settings of a printer say; null if they say nothing.</summary>
    public static PrintVolume? Of(PrinterOptions options) => Parse(options.PrintVolume);

    /// <summary>Reads XxYxZ in millimetres, each above 0; null for everything else.</summary>
    public static PrintVolume? Parse(string? text)
    {
        var parts = (text ?? "").Split('x');
        if (parts.Length != 3)
            return null;
        var sizes = new double[3];
        for (var i = 0; i < 3; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out sizes[i]) || sizes[i] is not (> 0 and < 10_000))
                return null;
        }

        return new PrintVolume(sizes[0], sizes[1], sizes[2]);
    }
}
