namespace Dwapi.WebApi.Fhir.Resources;

/// <summary>A measurement (FHIR R4 Observation). The server knows devices, not patients, so it has no subject.</summary>
internal sealed record Observation(
    string Id,
    Meta Meta,
    string Status,
    IReadOnlyList<CodeableConcept> Category,
    CodeableConcept Code,
    string EffectiveDateTime,
    string Issued,
    Quantity? ValueQuantity,
    Reference Device,
    IReadOnlyList<ObservationComponent>? Component) : Resource("Observation");
