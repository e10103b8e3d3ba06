using System.Text.Json.Serialization;

namespace Dwapi.WebApi.Fhir.Resources;

/// <summary>A link to another resource (FHIR R4 Reference).</summary>
internal sealed record Reference([property: JsonPropertyName("reference")] string To, string? Display = null);
