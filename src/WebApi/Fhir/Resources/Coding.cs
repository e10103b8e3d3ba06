namespace Dwapi.WebApi.Fhir.Resources;

/// <summary>A code of a system (FHIR R4 Coding).</summary>
internal sealed record Coding(string? System, string? Code, string? Display = null);
