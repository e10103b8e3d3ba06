using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Dwapi.Edge.Gcode;

/// <summary>What a slicer says in its comments about a print, as PrusaSlicer and its relatives write it near the end.</summary>
/// <param name="Seconds">Time of the print; null if it does not say.</param>
/// <param name="FilamentMillimetres">Length of the filament, of all extruders together; null if it does not say.</param>
internal sealed partial record GcodeEstimate(double? Seconds, double? FilamentMillimetres)
{
    // After it come the slicer's settings, which may hold G-code of their own.
    private const int Tail = 512 * 1024;

    /// <summary>Reads the end of a file.</summary>
    public static GcodeEstimate Of(string path)
    {
        using var file = File.OpenRead(path);
        file.Position = Math.Max(0, file.Length - Tail);
        var tail = new byte[(int)(file.Length - file.Position)];
        file.ReadExactly(tail);
        var text = Encoding.Latin1.GetString(tail);
        var time = Time().Match(text);
        var filament = Filament().Match(text);
        return new GcodeEstimate(
            time.Success && SecondsOf(time) is > 0 and var seconds ? seconds : null,
            filament.Success && MillimetresOf(filament.Groups[1].Value) is > 0 and var length ? length : null);
    }

    private static double SecondsOf(Match time)
    {
        double Part(string name) => time.Groups[name].Success ? double.Parse(time.Groups[name].ValueSpan, CultureInfo.InvariantCulture) : 0;

        return ((Part("d") * 24 + Part("h")) * 60 + Part("m")) * 60 + Part("s");
    }

    private static double MillimetresOf(string lengths) => lengths.Split(',').Sum(
        length => double.TryParse(length, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value) ? value : 0);

    [GeneratedRegex(@"^; estimated printing time(?: \(normal mode\))? = (?:(?<d>\d{1,4})d ?)?(?:(?<h>\d{1,4})h ?)?(?:(?<m>\d{1,4})m ?)?(?:(?<s>\d{1,4})s)?", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Time();

    [GeneratedRegex(@"^; filament used \[mm\] = ([0-9., ]{1,200})", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Filament();
}
