namespace Dwapi.Edge.Health;

/// <summary>What became of one GATT payload.</summary>
public enum HealthOutcome : byte
{
    /// <summary>A measurement: its quantities are written, it goes into the outbox.</summary>
    Measurement = 0,

    /// <summary>An unstable value while measuring: its quantities are written, it goes out live and is never stored.</summary>
    Intermediate,

    /// <summary>News about the device (name, battery, clock, site): nothing is written, the device knows it now.</summary>
    Information,

    /// <summary>A part of a measurement whose other packet, or whose mass, is still to come.</summary>
    Incomplete,

    /// <summary>The device says that it has no result (NaN, NRes, INF, FFFF): no measurement; count it.</summary>
    NoValue,

    /// <summary>Malformed or unknown: dropped as a whole; count it.</summary>
    Refused,
}
