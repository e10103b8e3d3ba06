using System.Text.Json;
using Dwapi.Gotapi.Health;
using Dwapi.Grains.Devices;
using Dwapi.WebApi.Fhir.Resources;
using Dwapi.WebApi.Management.Devices;

namespace Dwapi.WebApi.Fhir;

/// <summary>A service as a FHIR Device.</summary>
internal static class DeviceMapper
{
    /// <summary>The system of service ids.</summary>
    public const string ServiceIds = "urn:dwapi:service-id";

    private const string SystemIds = "urn:oid:1.2.840.10004.1.1.1.0.0.1.0.0.1.2680";

    public static Device Map(ServiceRegistration service)
    {
        using var document = JsonDocument.Parse((byte[])[(byte)'{', .. service.Device.Span, (byte)'}']);
        var device = document.RootElement;
        var identifiers = new List<Identifier> { new(ServiceIds, service.ServiceId) };
        if (Text(device, "systemId") is { } systemId && systemId != DeviceObject.NoSystemId)
        {
            identifiers.Add(new Identifier(SystemIds, systemId));
        }

        var names = new List<DeviceName> { new(service.Name, "user-friendly-name") };
        if (Text(device, "productName") is { } product)
        {
            names.Add(new DeviceName(product, "model-name"));
        }

        var kinds = DeviceDirectory.AttributesOf(service).Select(name => HealthAttributes.Find(name)?.Title).OfType<string>().ToArray();
        DeviceVersion?[] versions = [Version(device, "firmwareRevision"), Version(device, "softwareRevision"), Version(device, "hardwareRevision")];
        var known = versions.OfType<DeviceVersion>().ToArray();
        return new Device(
            FhirId.OfDevice(service.ServiceId),
            identifiers,
            service.Online ? "active" : "inactive",
            Text(device, "manufacturerName") ?? (service.Manufacturer.Length > 0 ? service.Manufacturer : null),
            Text(device, "serialNumber"),
            names,
            Text(device, "modelNumber"),
            Text(device, "partNumber"),
            kinds.Length == 0 ? null : new CodeableConcept(null, string.Join(", ", kinds)),
            known.Length == 0 ? null : known);
    }

    private static DeviceVersion? Version(JsonElement device, string member) =>
        Text(device, member) is { } text ? new DeviceVersion(new CodeableConcept(null, member), text) : null;

    private static string? Text(JsonElement device, string member) =>
        device.TryGetProperty(member, out var text) && text.GetString() is { Length: > 0 } value ? value : null;
}
