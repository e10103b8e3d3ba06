namespace Dwapi.Gotapi.Validation;

/// <summary>What the door says to a quantities slice.</summary>
public readonly record struct HealthValidation
{
    /// <summary>Why it is refused; none if it is good.</summary>
    public HealthRefusal Refusal { get; init; }

    /// <summary>The slice to keep: the very bytes that came, or, where a foreign plug-in spelled otherwise, rewritten ones.</summary>
    public ReadOnlyMemory<byte> Quantities { get; init; }

    /// <summary>True if <see cref="Quantities"/> is rewritten.</summary>
    public bool Rewritten { get; init; }

    /// <summary>Time of measurement, Unix milliseconds, from the first mandatory part. Apply the rule of
    /// <see cref="Time.MeasurementTimeRule"/> to it.</summary>
    public long MeasuredAt { get; init; }

    /// <summary>True if the plug-in dated the measurement by its reception.</summary>
    public bool TimeStampByPlugIn { get; init; }
}
