namespace Dwapi.WebApi.Fhir.Resources;

/// <summary>This installation.</summary>
internal sealed record CapabilityImplementation(string Description, string Url);
