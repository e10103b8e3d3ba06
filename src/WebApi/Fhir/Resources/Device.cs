namespace Dwapi.WebApi.Fhir.Resources;

/// <summary>A device (FHIR R4 Device).</summary>
internal sealed record Device(
    string Id,
    IReadOnlyList<Identifier> Identifier,
    string Status,
    string? Manufacturer,
    string? SerialNumber,
    IReadOnlyList<DeviceName> DeviceName,
    string? ModelNumber,
    string? PartNumber,
    CodeableConcept? Type,
    IReadOnlyList<DeviceVersion>? Version) : Resource("Device");
