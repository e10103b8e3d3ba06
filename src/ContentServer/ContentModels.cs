using System.Text.RegularExpressions;

namespace Dwapi.ContentServer;

/// <summary>The models of a content server.</summary>
internal sealed partial class ContentModels
{
    private static readonly Dictionary<string, string> MediaTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".stl"] = "model/stl",
        [".3mf"] = "model/3mf",
        [".obj"] = "model/obj",
        [".gcode"] = "text/x.gcode",
        [".gco"] = "text/x.gcode",
        [".g"] = "text/x.gcode",
    };

    private ContentModels(IReadOnlyList<ContentModel> all) => All = all;

    /// <summary>All of them.</summary>
    public IReadOnlyList<ContentModel> All { get; }

    /// <summary>The two that are always there.</summary>
    public static ContentModels BuiltIn() => new(
    [
        ContentModel.BuiltIn("cube", "Cube of 20 mm", "model/stl", "cube.stl"),
        ContentModel.BuiltIn("frame", "Square frame of 40 mm", "text/x.gcode", "frame.gcode"),
    ]);

    /// <summary>The files of a folder that can be printed; the id is the name without its extension, with a hyphen for what no id has; a later one of the same id
    /// has its extension and, if need be, a number behind it.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static ContentModels Of(string folder)
    {
        var models = new List<ContentModel>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            if (MediaTypes.TryGetValue(file.Extension, out var type))
            {
                var whole = NoId().Replace(file.Name, "-");
                var id = NoId().Replace(Path.GetFileNameWithoutExtension(file.Name), "-");
                for (var number = 1; !ids.Add(id); number++)
                {
                    id = number == 1 ? whole : $"{whole}-{number}";
                }

                models.Add(ContentModel.OfFile(id, type, file.FullName));
            }
        }

        return new ContentModels(models);
    }

    /// <summary>A model; null if there is none of that id.</summary>
    public ContentModel? Find(string id) => All.FirstOrDefault(model => model.Id == id);

    /// <summary>The model of a file's address; null if there is none.</summary>
    public ContentModel? OfAddress(Uri address) => All.FirstOrDefault(model => address.AbsolutePath == $"{ContentServerExtensions.Path}/{model.File}");

    [GeneratedRegex("[^A-Za-z0-9._-]")]
    private static partial Regex NoId();
}
