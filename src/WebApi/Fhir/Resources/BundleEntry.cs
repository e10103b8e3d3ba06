namespace Dwapi.WebApi.Fhir.Resources;

/// <summary>One found resource.</summary>
internal sealed record BundleEntry(string FullUrl, object Resource, BundleSearch Search);
