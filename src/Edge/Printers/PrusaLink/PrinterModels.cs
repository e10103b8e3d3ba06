using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dwapi.Edge.Printers.PrusaLink;

/// <summary>The table of models: the one that comes with the edge (printer-models.json), and before it a file of the same form.</summary>
internal sealed partial class PrinterModels
{
    private static readonly PrinterModel[] BuiltIn = ReadBuiltIn();

    private readonly IReadOnlyList<PrinterModel> _models;

    /// <param name="file">More models; null for none.</param>
    /// <exception cref="EdgeOptionsException">It cannot be read.</exception>
    public PrinterModels(string? file) => _models = file is null ? BuiltIn : [.. Read(file), .. BuiltIn];

    /// <summary>The model of the first name that is known, also as the last word of a longer one (PrusaLink I3MK3S); null for none.</summary>
    public PrinterModel? Find(params IEnumerable<string> names) => names
        .Select(Plain)
        .Where(name => name.Length > 0)
        .Select(name => Named(name, (known, given) => known == given) ?? Named(name, (known, given) => given.EndsWith(known, StringComparison.Ordinal)))
        .FirstOrDefault(model => model is not null);

    // Of two that fit, the longer name says more.
    private PrinterModel? Named(string name, Func<string, string, bool> fits) => _models
        .SelectMany(model => model.Names.Append(model.Model).Select(known => (Known: Plain(known), Model: model)))
        .Where(one => one.Known.Length > 0 && fits(one.Known, name))
        .OrderByDescending(one => one.Known.Length)
        .Select(one => one.Model)
        .FirstOrDefault();

    private static string Plain(string name) => new([.. name.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '+').Select(char.ToUpperInvariant)]);

    private static PrinterModel[] ReadBuiltIn()
    {
        using var stream = typeof(PrinterModels).Assembly.GetManifestResourceStream("printer-models.json")!;
        return JsonSerializer.Deserialize(stream, Json.Default.PrinterModelArray)!;
    }

    private static PrinterModel[] Read(string file)
    {
        try
        {
            var models = JsonSerializer.Deserialize(File.ReadAllBytes(file), Json.Default.PrinterModelArray) ?? [];
            return models.FirstOrDefault(model => model is not { Model: not null, Names: not null } || Printers.PrintVolume.Parse(model.PrintVolume) is null) is null
                ? models
                : throw new EdgeOptionsException($"Printers: in {file} every model has model, names and printVolume (XxYxZ in millimetres)");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new EdgeOptionsException($"Printers: the models in {file}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(PrinterModel[]))]
    private sealed partial class Json : JsonSerializerContext;
}
