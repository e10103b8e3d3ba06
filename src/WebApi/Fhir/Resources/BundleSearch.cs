namespace Dwapi.WebApi.Fhir.Resources;

/// <summary>Why an entry is there.</summary>
internal sealed record BundleSearch(string Mode);
