namespace Dwapi.WebApi.Fhir.Resources;

/// <summary>Of the version of a resource (FHIR R4 Meta).</summary>
internal sealed record Meta(string VersionId, string LastUpdated);
