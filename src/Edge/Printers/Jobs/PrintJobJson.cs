using System.Text.Json.Serialization;

namespace Dwapi.Edge.Printers.Jobs;

/// <summary>JSON of the job files.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PrintJob))]
internal sealed partial class PrintJobJson : JsonSerializerContext;
