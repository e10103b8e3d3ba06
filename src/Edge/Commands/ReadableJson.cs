using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dwapi.Edge.Commands;

/// <summary>The commands' JSON for a terminal: signs like the degree stay readable, since no browser will ever run it.</summary>
internal static class ReadableJson
{
    public static readonly CommandJson Context =
        new(new JsonSerializerOptions(CommandJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
