namespace Dwapi.Grains.Devices;

/// <summary>One durable measurement: an envelope and the JSON bytes as the plug-in sent them (DECISIONS 10).</summary>
/// <param name="Sequence">Number of the event within device and attribute, from 1 without holes (DECISIONS 13).</param>
/// <param name="MeasuredAt">Time of measurement, Unix ms.</param>
/// <param name="ReceivedAt">Time of reception at the edge, Unix ms.</param>
/// <param name="Stamped">True when the device itself gave the time.</param>
/// <param name="BatteryLevel">The JSON number 0.0 to 1.0, or -1.0 when unknown.</param>
/// <param name="Quantities">The members of the attribute's object beside device, without the outer braces.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.Measurement")]
public sealed record Measurement(
    [property: Id(0)] long Sequence,
    [property: Id(1)] long MeasuredAt,
    [property: Id(2)] long ReceivedAt,
    [property: Id(3)] bool Stamped,
    [property: Id(4)] ReadOnlyMemory<byte> BatteryLevel,
    [property: Id(5)] ReadOnlyMemory<byte> Quantities);
