namespace Dwapi.WebApi.Fhir.Resources;

/// <summary>A page of found resources (FHIR R4 Bundle of type searchset).</summary>
internal sealed record Bundle(string Type, IReadOnlyList<BundleLink> Link, IReadOnlyList<BundleEntry> Entry) : Resource("Bundle");
