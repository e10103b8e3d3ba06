namespace Dwapi.Edge.Gatt;

/// <summary>Measurement Status of the Pulse Oximeter service, the bits that decide what a value is worth.</summary>
[Flags]
public enum PulseOximeterStatus : ushort
{
    /// <summary>Nothing is said.</summary>
    None = 0,

    /// <summary>The measurement goes on.</summary>
    Ongoing = 1 << 5,

    /// <summary>An early estimate.</summary>
    EarlyEstimate = 1 << 6,

    /// <summary>Validated.</summary>
    Validated = 1 << 7,

    /// <summary>Fully qualified.</summary>
    FullyQualified = 1 << 8,

    /// <summary>From the device's memory.</summary>
    FromStorage = 1 << 9,

    /// <summary>Made up for a demonstration.</summary>
    Demonstration = 1 << 10,

    /// <summary>Made up for a test.</summary>
    Test = 1 << 11,

    /// <summary>The device is calibrating itself.</summary>
    Calibrating = 1 << 12,

    /// <summary>There is no measurement.</summary>
    Unavailable = 1 << 13,

    /// <summary>Perhaps wrong.</summary>
    Questionable = 1 << 14,

    /// <summary>Wrong.</summary>
    Invalid = 1 << 15,

    /// <summary>Any of these: no measurement of a person.</summary>
    NoMeasurement = Demonstration | Test | Calibrating | Unavailable | Invalid,
}
