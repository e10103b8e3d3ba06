namespace Dwapi.WebApi.Fhir.Resources;

/// <summary>A search parameter.</summary>
internal sealed record CapabilityParameter(string Name, string Type, string? Documentation = null);
