using System.Text.Json;
using System.Text.Json.Serialization;
using Dwapi.Edge.Commands;

namespace Dwapi.VirtualPrinters;

/// <summary>JSON of the verb's result, written as the edge's verbs write theirs.</summary>
[JsonSerializable(typeof(VirtualPrinterResult))]
internal sealed partial class VirtualPrinterJson : JsonSerializerContext
{
    public static readonly VirtualPrinterJson Readable = new(new JsonSerializerOptions(ReadableJson.Context.Options));
}
