namespace Orleans.Runtime;

/// <summary>The key part of a <see cref="GrainId"/>.</summary>
/// <remarks>Held as the string it was made of: a key never leaves the process, so it needs no byte form, and reading it back costs nothing.</remarks>
[GenerateSerializer, Immutable]
public readonly struct IdSpan : IEquatable<IdSpan>, IComparable<IdSpan>
{
    private readonly string? _value;

    private IdSpan(string value) => _value = value;

    /// <summary>No key at all.</summary>
    public bool IsDefault => string.IsNullOrEmpty(_value);

    /// <summary>Makes a key of a text.</summary>
    public static IdSpan Create(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return new IdSpan(id);
    }

    /// <summary>Ordinal equality of two keys.</summary>
    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);

    /// <summary>Ordinal inequality of two keys.</summary>
    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);

    /// <inheritdoc />
    public bool Equals(IdSpan obj) => string.Equals(_value, obj._value);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is IdSpan other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => _value is null ? 0 : _value.GetHashCode();

    /// <inheritdoc />
    public int CompareTo(IdSpan other) => string.CompareOrdinal(_value, other._value);

    /// <inheritdoc />
    public override string ToString() => _value ?? "";
}
