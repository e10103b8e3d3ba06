using Dwapi.Grains.Devices;

namespace Dwapi.WebApi.Management.Devices;

/// <summary>A device, that is a GotAPI service.</summary>
/// <param name="ServiceId">The service.</param>
/// <param name="EdgeId">The edge that announced it last.</param>
/// <param name="Name">Display name.</param>
/// <param name="Manufacturer">Manufacturer, "" when unknown.</param>
/// <param name="Version">Version, "" when unknown.</param>
/// <param name="Type">Network, "" when unknown.</param>
/// <param name="Online">Usable now; in a list including the state of the edge's link.</param>
/// <param name="Scopes">Discovery scopes.</param>
/// <param name="Device">The device object without its battery.</param>
/// <param name="Latest">The latest result of every attribute that has one.</param>
public sealed record DeviceView(
    string ServiceId,
    string EdgeId,
    string Name,
    string Manufacturer,
    string Version,
    string Type,
    bool Online,
    IReadOnlyList<string> Scopes,
    RawJson Device,
    IReadOnlyList<MeasurementView> Latest)
{
    internal static DeviceView Of(ServiceRegistration service, IReadOnlyList<MeasurementView> latest) => new(
        service.ServiceId,
        service.EdgeId,
        service.Name,
        service.Manufacturer,
        service.Version,
        service.Type,
        service.Online,
        service.Scopes,
        new RawJson(service.Device, Members: true),
        latest);
}
