namespace Dwapi.WebApi.Fhir.Resources;

/// <summary>What this server answers (FHIR R4 CapabilityStatement).</summary>
internal sealed record CapabilityStatement(
    string Status,
    string Date,
    string Kind,
    CapabilitySoftware Software,
    CapabilityImplementation Implementation,
    string FhirVersion,
    IReadOnlyList<string> Format,
    IReadOnlyList<CapabilityRest> Rest) : Resource("CapabilityStatement");
