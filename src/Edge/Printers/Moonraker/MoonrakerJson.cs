using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dwapi.Edge.Printers.Moonraker;

/// <summary>Reads what a printer says, which may be anything.</summary>
internal static class MoonrakerJson
{
    // A member that comes twice would throw much later, where nobody expects it.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>The object; null for what is none.</summary>
    public static JsonObject? Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonNode.Parse(utf8, documentOptions: Strict) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
