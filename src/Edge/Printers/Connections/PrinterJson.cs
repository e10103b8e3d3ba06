using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dwapi.Edge.Printers.Connections;

/// <summary>Reads what a printer says, which may be anything: a member of another type than wanted counts as absent.</summary>
internal static class PrinterJson
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

    /// <summary>A member that is an object.</summary>
    public static JsonObject? Object(JsonObject? from, string name) => from?[name] as JsonObject;

    /// <summary>The objects of a member that is an array.</summary>
    public static IEnumerable<JsonObject> Objects(JsonObject? from, string name) => (from?[name] as JsonArray ?? []).OfType<JsonObject>();

    /// <summary>A text member.</summary>
    public static string Text(JsonObject? from, string name, string otherwise = "") =>
        from?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : otherwise;

    /// <summary>The first of several text members that says something; "" if none does.</summary>
    public static string FirstText(JsonObject? from, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Text(from, name) is { Length: > 0 } text)
                return text;
        }

        return "";
    }

    /// <summary>A finite number.</summary>
    public static double? Number(JsonObject? from, string name) =>
        from?[name] is JsonValue value && value.TryGetValue<double>(out var number) && double.IsFinite(number) ? number : null;

    /// <summary>A truth value.</summary>
    public static bool? Flag(JsonObject? from, string name) =>
        from?[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;
}
