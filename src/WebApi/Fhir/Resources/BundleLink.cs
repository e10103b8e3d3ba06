namespace Dwapi.WebApi.Fhir.Resources;

/// <summary>This page or the next one.</summary>
internal sealed record BundleLink(string Relation, string Url);
