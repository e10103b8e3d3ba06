using Dwapi.Gotapi.Health;

namespace Dwapi.Gotapi.Frames;

/// <summary>One durable item of an EVENTS frame: the envelope, and two slices that are parts of the frame's bytes.</summary>
public readonly record struct EventItem
{
    /// <summary>The edge's sequence, above 0.</summary>
    public long Sequence { get; init; }

    /// <summary>Whose measurement.</summary>
    public string ServiceId { get; init; }

    /// <summary>Its profile.</summary>
    public string Profile { get; init; }

    /// <summary>Its attribute.</summary>
    public string Attribute { get; init; }

    /// <summary>When the edge received it, Unix milliseconds.</summary>
    public long ReceivedAt { get; init; }

    /// <summary>True if the device gave the time of measurement.</summary>
    public bool Stamped { get; init; }

    /// <summary>True for one of the values that a device gives on and on (continuous oximetry), false for a single measurement or one of which nothing is said.</summary>
    public bool Continuous { get; init; }

    /// <summary>Identity of the measurement; only from a device with an advancing clock (DECISIONS 11).</summary>
    public MeasurementIdentity? Identity { get; init; }

    /// <summary>The battery number as it was written.</summary>
    public ReadOnlyMemory<byte> BatteryLevel { get; init; }

    /// <summary>The quantities object, not yet validated.</summary>
    public ReadOnlyMemory<byte> Quantities { get; init; }

    /// <summary>Why this item cannot be taken, although its frame can.</summary>
    public FrameRefusal Refusal { get; init; }
}
