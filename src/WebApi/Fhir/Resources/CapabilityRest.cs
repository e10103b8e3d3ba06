namespace Dwapi.WebApi.Fhir.Resources;

/// <summary>The REST interface.</summary>
internal sealed record CapabilityRest(string Mode, IReadOnlyList<CapabilityResource> Resource);
