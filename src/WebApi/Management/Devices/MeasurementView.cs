using Dwapi.Grains.Devices;

namespace Dwapi.WebApi.Management.Devices;

/// <summary>A stored measurement.</summary>
/// <param name="Attribute">Health attribute, such as thermometer.</param>
/// <param name="Sequence">Number of the event within device and attribute.</param>
/// <param name="MeasuredAt">Time of measurement.</param>
/// <param name="ReceivedAt">Time of reception at the edge.</param>
/// <param name="Stamped">True when the device itself gave the time.</param>
/// <param name="BatteryLevel">0.0 to 1.0, or -1.0 when unknown.</param>
/// <param name="Quantities">The quantities as the plug-in sent them.</param>
public sealed record MeasurementView(
    string Attribute,
    long Sequence,
    DateTimeOffset MeasuredAt,
    DateTimeOffset ReceivedAt,
    bool Stamped,
    RawJson BatteryLevel,
    RawJson Quantities)
{
    internal static MeasurementView Of(string attribute, Measurement measurement) => new(
        attribute,
        measurement.Sequence,
        DateTimeOffset.FromUnixTimeMilliseconds(measurement.MeasuredAt),
        DateTimeOffset.FromUnixTimeMilliseconds(measurement.ReceivedAt),
        measurement.Stamped,
        new RawJson(measurement.BatteryLevel, Members: false),
        new RawJson(measurement.Quantities, Members: true));
}
