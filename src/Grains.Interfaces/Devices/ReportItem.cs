namespace Dwapi.Grains.Devices;

/// <summary>One reported measurement; validated against its attribute's schema at the door before it becomes one of these.</summary>
/// <param name="Attribute">Health attribute in its definition's spelling, such as thermometer.</param>
/// <param name="EdgeSequence">Number in the edge's outbox; 0 from a plug-in that has none (then it is not deduplicated by position).</param>
/// <param name="MeasuredAt">Time of measurement, Unix ms.</param>
/// <param name="ReceivedAt">Time of reception at the edge, Unix ms.</param>
/// <param name="Stamped">True when the device itself gave the time.</param>
/// <param name="Identity">16 bytes that identify the record (DECISIONS 11), or empty: never deduplicated by identity.</param>
/// <param name="BatteryLevel">The JSON number.</param>
/// <param name="Quantities">The quantities without the outer braces.</param>
/// <param name="Continuous">True for one of the values that a device gives on and on: they have a retention of their own (DECISIONS 19).</param>
[GenerateSerializer, Immutable, Alias("Dwapi.ReportItem")]
public sealed record ReportItem(
    [property: Id(0)] string Attribute,
    [property: Id(1)] long EdgeSequence,
    [property: Id(2)] long MeasuredAt,
    [property: Id(3)] long ReceivedAt,
    [property: Id(4)] bool Stamped,
    [property: Id(5)] ReadOnlyMemory<byte> Identity,
    [property: Id(6)] ReadOnlyMemory<byte> BatteryLevel,
    [property: Id(7)] ReadOnlyMemory<byte> Quantities,
    [property: Id(8)] bool Continuous = false);
