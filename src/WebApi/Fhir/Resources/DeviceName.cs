namespace Dwapi.WebApi.Fhir.Resources;

/// <summary>A name of a device (FHIR R4 Device.deviceName).</summary>
internal sealed record DeviceName(string Name, string Type);
