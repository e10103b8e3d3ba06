namespace Dwapi.WebApi.Fhir.Resources;

/// <summary>Why a request cannot be answered (FHIR R4 OperationOutcome).</summary>
internal sealed record OperationOutcome(IReadOnlyList<OutcomeIssue> Issue) : Resource("OperationOutcome");
