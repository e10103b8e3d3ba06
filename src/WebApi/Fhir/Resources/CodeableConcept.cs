namespace Dwapi.WebApi.Fhir.Resources;

/// <summary>A concept as codes and words (FHIR R4 CodeableConcept).</summary>
internal sealed record CodeableConcept(IReadOnlyList<Coding>? Coding, string? Text = null);
