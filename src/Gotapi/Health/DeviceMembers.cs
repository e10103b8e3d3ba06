using System.Collections.Immutable;
using System.Text.Json;

namespace Dwapi.Gotapi.Health;

/// <summary>The members of the device object in the order of the texts: one table for writing and checking.</summary>
internal static class DeviceMembers
{
    public const string ModelName = "modelName";
    public const string ModelNumber = "modelNumber";
    public const string BatteryLevel = "batteryLevel";
    /// <summary>Spelling of the texts' event examples.</summary>
    public const string DeviceBatteryLevel = "deviceBatteryLevel";
    public const string SystemId = "systemId";
    public const string ProductName = "productName";

    public static readonly ImmutableArray<DeviceMember> All =
    [
        new(ProductName, device => device.ProductName),
        new("manufacturerName", device => device.ManufacturerName),
        new(ModelNumber, device => device.ModelNumber),
        new("firmwareRevision", device => device.FirmwareRevision),
        new("serialNumber", device => device.SerialNumber),
        new("softwareRevision", device => device.SoftwareRevision),
        new("hardwareRevision", device => device.HardwareRevision),
        new("partNumber", device => device.PartNumber),
        new("protocolRevision", device => device.ProtocolRevision),
        new(SystemId, device => device.SystemId),
    ];

    public static readonly JsonEncodedText EncodedModelName = JsonEncodedText.Encode(ModelName);

    public static int IndexOf(ReadOnlySpan<byte> name)
    {
        for (var index = 0; index < All.Length; index++)
        {
            if (name.SequenceEqual(All[index].Utf8Name))
                return index;
        }

        return -1;
    }
}
