using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dwapi.Gotapi.Printing;

/// <summary>Serialization of what edge and host say to each other about printing, generated at build time.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.General,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PrinterSnapshot))]
[JsonSerializable(typeof(PrintJobReport))]
[JsonSerializable(typeof(PrintJobAnswer))]
[JsonSerializable(typeof(PrintQueueEntry))]
[JsonSerializable(typeof(ContentServerEntry))]
[JsonSerializable(typeof(ImmutableArray<PrintQueueEntry>))]
public sealed partial class PrintingJson : JsonSerializerContext;
