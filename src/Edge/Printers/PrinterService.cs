using System.Collections.Immutable;
using Dwapi.Edge.Services;
using Dwapi.Gotapi.Frames;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Printing;

namespace Dwapi.Edge.Printers;

/// <summary>A printer as a service: announced from the start, with what the settings say until the printer itself says more.</summary>
internal sealed class PrinterService(PrinterOptions options) : IEdgeService
{
    private static readonly ImmutableArray<ServiceProfile> Profiles = [new ServiceProfile(PrintingProfile.Name, PrintingProfile.Attributes)];

    public Lock Gate { get; } = new();

    public string ServiceId { get; } = PrinterIdentity.ServiceId(options);

    public DeviceObject Device { get; set; } = new()
    {
        ProductName = PrinterIdentity.ProductName(options, ""),
        ManufacturerName = options.Manufacturer,
        ModelNumber = options.Model,
        SerialNumber = options.SerialNumber,
        SystemId = PrinterIdentity.SystemId(options),
    };

    public bool Online { get; set; }

    public ServiceAnnouncement Announcement() => new()
    {
        ServiceId = ServiceId,
        Name = Device.ProductName,
        Manufacturer = Device.ManufacturerName,
        Version = Device.SoftwareRevision,
        Type = options.Network.Length > 0 ? options.Network : "Unknown",
        Online = Online,
        Scopes = PrintingProfile.Scopes,
        Profiles = Profiles,
        Device = DeviceObjectWriter.ToUtf8(Device, hasModelName: false),
    };

    ServiceAnnouncement? IEdgeService.Announcement() => Announcement();
}
