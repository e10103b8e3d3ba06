namespace Dwapi.Grains.Edges;

/// <summary>A parameter of the application's request, passed on as text.</summary>
/// <param name="Name">As the application spelled it.</param>
/// <param name="Value">Decoded text.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.PluginParameter")]
public sealed record PluginParameter([property: Id(0)] string Name, [property: Id(1)] string Value);
