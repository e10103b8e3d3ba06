namespace Dwapi.WebApi.Fhir.Resources;

/// <summary>One reason.</summary>
internal sealed record OutcomeIssue(string Severity, string Code, string Diagnostics);
