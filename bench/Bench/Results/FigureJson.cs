using System.Text.Json.Serialization;

namespace Dwapi.Bench.Results;

/// <summary>JSON of the figures.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(List<Figure>))]
internal sealed partial class FigureJson : JsonSerializerContext;
