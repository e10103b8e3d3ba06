using System.Text.RegularExpressions;

namespace Dwapi.Edge.Printers.Slicing;

/// <summary>The profiles of the slicer: files of a folder that an operator keeps.</summary>
/// <param name="folder">The folder; null if there is none.</param>
internal sealed partial class SlicerProfiles(string? folder)
{
    /// <summary>The one of an order that names none.</summary>
    public const string Default = "default";

    /// <summary>Whether a name can be that of a profile: it comes from outside and must not be a path.</summary>
    public static bool IsName(string name) => Name().IsMatch(name);

    /// <summary>The file of a profile, the printer's own before the one of all; null if there is none.</summary>
    public string? Find(string printerId, string name)
    {
        if (folder is null || !IsName(name))
            return null;
        string[] places = [Path.Combine(folder, printerId, name + ".ini"), Path.Combine(folder, name + ".ini")];
        return places.FirstOrDefault(File.Exists);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
