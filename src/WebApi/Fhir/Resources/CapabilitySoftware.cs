namespace Dwapi.WebApi.Fhir.Resources;

/// <summary>The program.</summary>
internal sealed record CapabilitySoftware(string Name, string Version);
