namespace Dwapi.Edge.Printers.Content;

/// <summary>Files and the media types under which printers know them, the registered one first.</summary>
internal static class MediaTypes
{
    // A printer of safe G-code holds the file against that subset itself.
    private static readonly Dictionary<string, string[]> Types = new(StringComparer.Ordinal)
    {
        ["3mf"] = ["model/3mf", "application/vnd.ms-package.3dmanufacturing-3dmodel+xml"],
        ["stl"] = ["model/stl", "application/sla", "application/vnd.ms-pki.stl"],
        ["obj"] = ["model/obj"],
        ["gcode"] = ["text/x.gcode", "text/x-gcode", "application/vnd.pwg-safe-gcode"],
        ["gco"] = ["text/x.gcode", "text/x-gcode", "application/vnd.pwg-safe-gcode"],
        ["g"] = ["text/x.gcode", "text/x-gcode", "application/vnd.pwg-safe-gcode"],
    };

    /// <summary>Whether a kind of file, or an extension without its dot, is one of these.</summary>
    public static bool Know(string kind) => Types.ContainsKey(kind);

    /// <summary>The name under which a printer takes a kind of file; null if it does not say that it does.</summary>
    public static string? For(string kind, IReadOnlyCollection<string> supported) =>
        Types.GetValueOrDefault(kind)?.FirstOrDefault(type => supported.Contains(type, StringComparer.OrdinalIgnoreCase));
}
