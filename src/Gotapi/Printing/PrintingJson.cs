using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dwapi.Gotapi.Printing;

/// <summary>
/// Serialization of what edge and host say to each other about printing, generated at build time. Null where the type has none, in a list
/// too, and a missing member of a record that needs it, is a <see cref="JsonException"/>: what was read can be used without another look.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.General,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PrinterSnapshot))]
[JsonSerializable(typeof(PrintJobReport))]
[JsonSerializable(typeof(PrintJobAnswer))]
[JsonSerializable(typeof(PrintQueueEntry))]
[JsonSerializable(typeof(ContentServerEntry))]
[JsonSerializable(typeof(ImmutableArray<PrintQueueEntry>))]
public sealed partial class PrintingJson : JsonSerializerContext
{
    /// <summary>What the annotations cannot say of a list: it is there, and no element is null.</summary>
    /// <exception cref="JsonException">It is not so.</exception>
    internal static void CheckElements<T>(ImmutableArray<T> list)
        where T : class
    {
        if (list.IsDefault || list.Contains(null!))
            throw new JsonException("A list has no null in it.");
    }
}
