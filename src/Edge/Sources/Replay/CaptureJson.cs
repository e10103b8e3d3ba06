using System.Text.Json.Serialization;

namespace Dwapi.Edge.Sources.Replay;

/// <summary>Reads lines of a capture.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CaptureRecord))]
internal sealed partial class CaptureJson : JsonSerializerContext;
