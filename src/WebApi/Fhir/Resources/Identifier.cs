namespace Dwapi.WebApi.Fhir.Resources;

/// <summary>A business identifier (FHIR R4 Identifier).</summary>
internal sealed record Identifier(string? System, string Value);
