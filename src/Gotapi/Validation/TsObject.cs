namespace Dwapi.Gotapi.Validation;

/// <summary>The three slices of an object in the shape of the texts, not yet validated.</summary>
public readonly record struct TsObject
{
    /// <summary>Why it cannot be split; none if it could.</summary>
    public HealthRefusal Refusal { get; init; }

    /// <summary>The device object without batteryLevel; empty if it has no other member (an event).</summary>
    public ReadOnlyMemory<byte> Device { get; init; }

    /// <summary>The battery number as it was written; -1.0 if there is none.</summary>
    public ReadOnlyMemory<byte> BatteryLevel { get; init; }

    /// <summary>All members but device as an object; <c>{}</c> in an answer to PUT.</summary>
    public ReadOnlyMemory<byte> Quantities { get; init; }
}
