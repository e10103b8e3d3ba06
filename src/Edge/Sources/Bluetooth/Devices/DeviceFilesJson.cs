using System.Text.Json.Serialization;

namespace Dwapi.Edge.Sources.Bluetooth.Devices;

/// <summary>The files about devices.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, PropertyNameCaseInsensitive = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(DeviceRule[]))]
[JsonSerializable(typeof(BluetoothReport))]
internal sealed partial class DeviceFilesJson : JsonSerializerContext;
