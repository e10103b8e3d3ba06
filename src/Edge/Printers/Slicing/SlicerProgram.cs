namespace Dwapi.Edge.Printers.Slicing;

/// <summary>Where programs are.</summary>
internal static class SlicerProgram
{
    /// <summary>Name of the slicer where the settings name none.</summary>
    public const string Default = "prusa-slicer";

    /// <summary>The file of a program that is a path or a name in PATH; null if there is none.</summary>
    public static string? Find(string program)
    {
        if (Path.IsPathRooted(program))
            return File.Exists(program) ? program : null;
        var name = OperatingSystem.IsWindows() && !Path.HasExtension(program) ? program + ".exe" : program;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }
}
