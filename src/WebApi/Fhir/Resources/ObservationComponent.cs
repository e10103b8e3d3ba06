namespace Dwapi.WebApi.Fhir.Resources;

/// <summary>A further quantity of the same measurement (FHIR R4 Observation.component).</summary>
internal sealed record ObservationComponent(CodeableConcept Code, Quantity ValueQuantity);
