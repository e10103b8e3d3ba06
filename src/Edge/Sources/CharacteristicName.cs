using System.Collections.Frozen;
using System.Globalization;
using Dwapi.Edge.Gatt;
using Dwapi.Edge.Health;

namespace Dwapi.Edge.Sources;

/// <summary>Characteristics as people write them: <c>2A1C</c>, <c>0x2A1C</c>, the full UUID, or the name of the specification.</summary>
internal static class CharacteristicName
{
    /// <summary>The names, with their numbers: what <c>decode</c> knows.</summary>
    public static readonly FrozenDictionary<string, ushort> All = new Dictionary<string, ushort>(
        HealthCharacteristics.All.Select(static measuring => KeyValuePair.Create(measuring.Name, measuring.Number)))
    {
        ["temperature-type"] = GattNumbers.TemperatureType,
        ["body-sensor-location"] = GattNumbers.BodySensorLocation,
        ["weight-scale-feature"] = GattNumbers.WeightScaleFeature,
        ["body-composition-feature"] = GattNumbers.BodyCompositionFeature,
        ["battery-level"] = GattNumbers.BatteryLevel,
        ["date-time"] = GattNumbers.DateTime,
        ["current-time"] = GattNumbers.CurrentTime,
        ["manufacturer-name"] = GattNumbers.ManufacturerName,
        ["model-number"] = GattNumbers.ModelNumber,
        ["serial-number"] = GattNumbers.SerialNumber,
        ["firmware-revision"] = GattNumbers.FirmwareRevision,
        ["hardware-revision"] = GattNumbers.HardwareRevision,
        ["software-revision"] = GattNumbers.SoftwareRevision,
        ["system-id"] = GattNumbers.SystemId,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a characteristic.</summary>
    public static bool TryParse(string text, out ushort number)
    {
        text = text.Trim();
        if (All.TryGetValue(text.Replace(' ', '-').Replace('_', '-'), out number))
            return true;
        if (Guid.TryParseExact(text, "D", out var uuid))
            return GattUuid.TryGetNumber(uuid, out number);
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            text = text[2..];
        return text.Length == 4 && ushort.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
    }
}
