namespace Dwapi.WebApi.Fhir.Resources;

/// <summary>read or search-type.</summary>
internal sealed record CapabilityInteraction(string Code);
