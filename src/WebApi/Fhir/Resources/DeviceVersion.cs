namespace Dwapi.WebApi.Fhir.Resources;

/// <summary>A version of a device (FHIR R4 Device.version).</summary>
internal sealed record DeviceVersion(CodeableConcept Type, string Value);
