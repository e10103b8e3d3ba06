namespace Dwapi.VirtualPrinters;

/// <summary>The files of a virtual printer.</summary>
internal sealed class GcodeStore
{
    private static readonly string[] Types = [".gcode", ".g", ".gco", ".ufp", ".nc"];

    private readonly string _folder;

    public GcodeStore(string folder)
    {
        _folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(_folder);
    }

    /// <summary>Where a file is or would be.</summary>
    /// <exception cref="KlipperFault">The name leaves the folder, or is of no type that prints.</exception>
    public string PathOf(string name)
    {
        var path = Path.GetFullPath(Path.Combine(_folder, name.TrimStart('/')));
        if (!path.StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new KlipperFault(400, $"Invalid file path: {name}");
        if (!Types.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            throw new KlipperFault(400, $"Invalid file type: {name}");
        return path;
    }

    /// <summary>A file to write an upload into before it gets its name.</summary>
    public string Temporary() => Path.Combine(_folder, $".{Guid.NewGuid():N}.upload");

    /// <summary>All files by their names.</summary>
    public IEnumerable<FileInfo> All() => new DirectoryInfo(_folder).EnumerateFiles("*", SearchOption.AllDirectories)
        .Where(file => !file.Name.StartsWith('.'));

    /// <summary>The name of a file as the API has it.</summary>
    public string NameOf(FileInfo file) => Path.GetRelativePath(_folder, file.FullName).Replace('\\', '/');
}
