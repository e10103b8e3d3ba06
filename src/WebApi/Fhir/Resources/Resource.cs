using System.Text.Json.Serialization;

namespace Dwapi.WebApi.Fhir.Resources;

/// <summary>What every resource says first.</summary>
internal abstract record Resource([property: JsonPropertyOrder(-1)] string ResourceType);
