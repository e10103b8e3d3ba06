namespace Dwapi.WebApi.Fhir.Resources;

/// <summary>What can be done with one kind of resource.</summary>
internal sealed record CapabilityResource(string Type, IReadOnlyList<CapabilityInteraction> Interaction, IReadOnlyList<CapabilityParameter> SearchParam);
