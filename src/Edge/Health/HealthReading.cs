using Dwapi.Edge.Gatt;
using Dwapi.Gotapi.Health;
using Dwapi.Gotapi.Quantities;
using Dwapi.Gotapi.Time;

namespace Dwapi.Edge.Health;

/// <summary>The envelope of one decoded payload; the quantities slice is in the output that the caller gave.</summary>
public readonly record struct HealthReading
{
    /// <summary>What became of the payload.</summary>
    public HealthOutcome Outcome { get; init; }

    /// <summary>The attribute that the measurement belongs to; null for information and refusals.</summary>
    public HealthAttribute? Attribute { get; init; }

    /// <summary>When it was measured.</summary>
    public TimeStamp Time { get; init; }

    /// <summary>True if the device gave that time.</summary>
    public bool Stamped { get; init; }

    /// <summary>True if the device's stamp lay too far ahead and the reception dates the measurement (DECISIONS 12).</summary>
    public bool AheadOfReception { get; init; }

    /// <summary>True for one of the values that a device gives on and on and that count as such apart from the single ones of their attribute.</summary>
    public bool Continuous { get; init; }

    /// <summary>Identity, only with a valid stamp of a clock that advances (DECISIONS 11).</summary>
    public MeasurementIdentity? Identity { get; init; }

    /// <summary>Why there is no value, if the FLOAT says it.</summary>
    public NoValue NoValue { get; init; }

    /// <summary>Why it is refused.</summary>
    public GattFault Fault { get; init; }

    /// <summary>True if an earlier first packet without its second was given up on the way.</summary>
    public bool Abandoned { get; init; }

    /// <summary>True if the device slice or the battery is other than before.</summary>
    public bool DeviceChanged { get; init; }

    internal static HealthReading Refused(GattFault fault) => new() { Outcome = HealthOutcome.Refused, Fault = fault };

    internal static HealthReading Without(HealthAttribute attribute, NoValue reason = NoValue.NotANumber) =>
        new() { Outcome = HealthOutcome.NoValue, Attribute = attribute, NoValue = reason };
}
