using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dwapi.Gotapi.Printing;

/// <summary>Writes an enumeration as the vocabularies of DWAPI-3DP do: <c>filament-out</c>.</summary>
public sealed class KebabCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
