using System.Collections.Immutable;
using Dwapi.Edge.Gatt;

namespace Dwapi.Edge.Health;

/// <summary>Characteristics that say something about the device; each is noted in the <see cref="HealthDevice"/>.</summary>
internal static class InformationCharacteristics
{
    /// <summary>What a connector reads after connecting, in this order; the clock goes before all of it.</summary>
    public static readonly ImmutableArray<ushort> ToRead =
    [
        GattNumbers.SystemId, GattNumbers.TemperatureType, GattNumbers.BodySensorLocation, GattNumbers.WeightScaleFeature,
        GattNumbers.BodyCompositionFeature, GattNumbers.BatteryLevel, GattNumbers.ManufacturerName, GattNumbers.ModelNumber,
        GattNumbers.SerialNumber, GattNumbers.FirmwareRevision, GattNumbers.HardwareRevision, GattNumbers.SoftwareRevision,
    ];

    public static bool TryNote(ushort number, ReadOnlySpan<byte> payload, HealthDevice device, DateTimeOffset receivedAt, out HealthReading reading)
    {
        var (known, fault, changed) = Note(number, payload, device, receivedAt);
        reading = fault == GattFault.None
            ? new HealthReading { Outcome = HealthOutcome.Information, DeviceChanged = changed }
            : HealthReading.Refused(fault);
        return known;
    }

    public static IReadOnlyList<DecodedField> Describe(ushort number, ReadOnlySpan<byte> payload)
    {
        switch (number)
        {
            case GattNumbers.BatteryLevel when DeviceInformation.TryDecodeBattery(payload, out var level, out _):
                return [new("battery", $"{level.Percent} %")];
            case GattNumbers.CurrentTime when CurrentTime.TryDecode(payload, out var now, out _):
                return [new("current time", $"{now.Time} + {now.Fractions256}/256 s"), new("adjust reason", $"{now.AdjustReason}")];
            case GattNumbers.DateTime when GattDateTime.TryDecode(payload, out var time, out _):
                return [new("date time", time.ToString())];
            case GattNumbers.TemperatureType when DeviceInformation.TryDecodeTemperatureType(payload, out var type, out _):
                return [new("site", type.ToString())];
            case GattNumbers.BodySensorLocation when DeviceInformation.TryDecodeSensorLocation(payload, out var location, out _):
                return [new("sensor location", location.ToString())];
            case GattNumbers.SystemId when DeviceInformation.TryDecodeSystemId(payload, out var id, out _):
                return [new("system id", id)];
            case GattNumbers.WeightScaleFeature when WeightScaleFeature.TryDecode(payload, out var feature, out _):
                return [new("features", $"{feature.Bits:X8}")];
            case GattNumbers.BodyCompositionFeature when BodyCompositionFeature.TryDecode(payload, out var feature, out _):
                return [new("features", $"{feature.Bits:X8}")];
            default:
                return IsText(number) && DeviceInformation.TryDecodeText(payload, out var text, out _) ? [new("text", text)] : [];
        }
    }

    private static (bool Known, GattFault Fault, bool Changed) Note(
        ushort number, ReadOnlySpan<byte> payload, HealthDevice device, DateTimeOffset receivedAt)
    {
        GattFault fault;
        switch (number)
        {
            case GattNumbers.BatteryLevel:
                var before = device.Battery;
                if (DeviceInformation.TryDecodeBattery(payload, out var level, out fault))
                    device.Battery = level;
                return (true, fault, before != device.Battery);
            case GattNumbers.CurrentTime:
                if (CurrentTime.TryDecode(payload, out var current, out fault) && current.TryGetDateTime(out var now))
                    device.Clock.Read(now, receivedAt);
                return (true, fault, false);
            case GattNumbers.DateTime:
                if (GattDateTime.TryDecode(payload, out var reading, out fault) && reading.TryGetDateTime(out now))
                    device.Clock.Read(now, receivedAt);
                return (true, fault, false);
            case GattNumbers.TemperatureType:
                if (DeviceInformation.TryDecodeTemperatureType(payload, out var type, out fault))
                    device.TemperatureType = type;
                return (true, fault, false);
            case GattNumbers.BodySensorLocation:
                DeviceInformation.TryDecodeSensorLocation(payload, out _, out fault);
                return (true, fault, false);
            case GattNumbers.WeightScaleFeature:
                WeightScaleFeature.TryDecode(payload, out _, out fault);
                return (true, fault, false);
            case GattNumbers.BodyCompositionFeature:
                BodyCompositionFeature.TryDecode(payload, out _, out fault);
                return (true, fault, false);
            case GattNumbers.SystemId:
                var isId = DeviceInformation.TryDecodeSystemId(payload, out var id, out fault);
                return (true, fault, isId && device.Note(number, id));
            default:
                if (!IsText(number))
                    return (false, GattFault.UnknownCharacteristic, false);
                var good = DeviceInformation.TryDecodeText(payload, out var text, out fault);
                return (true, fault, good && device.Note(number, text));
        }
    }

    private static bool IsText(ushort number) => number is GattNumbers.ManufacturerName or GattNumbers.ModelNumber or GattNumbers.SerialNumber
        or GattNumbers.HardwareRevision or GattNumbers.FirmwareRevision or GattNumbers.SoftwareRevision;
}
