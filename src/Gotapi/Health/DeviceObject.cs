namespace Dwapi.Gotapi.Health;

/// <summary>
/// What a device says about itself (the Device Information service, or the connector's knowledge). Unknown members are "";
/// <see cref="ProductName"/> never is: see <see cref="Named"/>.
/// </summary>
public sealed record DeviceObject
{
    /// <summary>System id of a device that has none: 16 zeros.</summary>
    public const string NoSystemId = "0000000000000000";

    /// <summary>Product name; made up from type and id when the device has none (HD-HLF-09).</summary>
    public required string ProductName { get; init; }

    /// <summary>Manufacturer name.</summary>
    public string ManufacturerName { get; init; } = "";

    /// <summary>Model number. A thermometer shows the same text as modelName too.</summary>
    public string ModelNumber { get; init; } = "";

    /// <summary>Firmware revision.</summary>
    public string FirmwareRevision { get; init; } = "";

    /// <summary>Serial number.</summary>
    public string SerialNumber { get; init; } = "";

    /// <summary>Software revision.</summary>
    public string SoftwareRevision { get; init; } = "";

    /// <summary>Hardware revision.</summary>
    public string HardwareRevision { get; init; } = "";

    /// <summary>Part number.</summary>
    public string PartNumber { get; init; } = "";

    /// <summary>Protocol revision.</summary>
    public string ProtocolRevision { get; init; } = "";

    /// <summary>EUI-64 as 16 upper-case hex digits without 0x.</summary>
    public string SystemId { get; init; } = NoSystemId;

    /// <summary>A product name for a device that gives none: its kind and the end of its id, so that two of them differ.</summary>
    /// <param name="name">What the device calls itself, may be empty.</param>
    /// <param name="attribute">The kind of the device.</param>
    /// <param name="id">Service id or address.</param>
    public static string Named(string? name, HealthAttribute attribute, string id) =>
        string.IsNullOrWhiteSpace(name) ? $"{attribute.Title} {id[^Math.Min(id.Length, 8)..]}" : name.Trim();
}
