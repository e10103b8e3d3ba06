namespace Dwapi.Gotapi.Validation;

/// <summary>What the door says to a device slice.</summary>
public readonly record struct DeviceValidation
{
    /// <summary>Why it is refused; none if it is good.</summary>
    public HealthRefusal Refusal { get; init; }

    /// <summary>The slice to keep: the very bytes that came, or rewritten ones.</summary>
    public ReadOnlyMemory<byte> Device { get; init; }

    /// <summary>True if <see cref="Device"/> is rewritten.</summary>
    public bool Rewritten { get; init; }
}
