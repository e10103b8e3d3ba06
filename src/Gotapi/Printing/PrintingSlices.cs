using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Dwapi.Gotapi.Printing;

/// <summary>Reads what an edge reported of a printer from a slice that lost its outer braces at the door.</summary>
public static class PrintingSlices
{
    /// <summary>The object; null when it is none.</summary>
    /// <param name="inner">Its members, without the outer braces.</param>
    /// <param name="type">What it is.</param>
    public static T? Read<T>(ReadOnlyMemory<byte> inner, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize([(byte)'{', .. inner.Span, (byte)'}'], type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
