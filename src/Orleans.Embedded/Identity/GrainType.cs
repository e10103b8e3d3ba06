namespace Orleans.Runtime;

/// <summary>Names the class of a grain; by convention the class name in lower case without the ending "grain".</summary>
[GenerateSerializer, Immutable]
public readonly struct GrainType : IEquatable<GrainType>, IComparable<GrainType>
{
    private readonly IdSpan _value;

    /// <summary>Makes a grain type of a name.</summary>
    public GrainType(IdSpan id) => _value = id;

    /// <summary>The name.</summary>
    public IdSpan Value => _value;

    /// <summary>No type at all.</summary>
    public bool IsDefault => _value.IsDefault;

    /// <summary>Makes a grain type of a name, which must not be blank.</summary>
    public static GrainType Create(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        return new GrainType(IdSpan.Create(value));
    }

    /// <summary>Equality of two names.</summary>
    public static bool operator ==(GrainType left, GrainType right) => left.Equals(right);

    /// <summary>Inequality of two names.</summary>
    public static bool operator !=(GrainType left, GrainType right) => !left.Equals(right);

    /// <inheritdoc />
    public bool Equals(GrainType obj) => _value.Equals(obj._value);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is GrainType other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => _value.GetHashCode();

    /// <inheritdoc />
    public int CompareTo(GrainType other) => _value.CompareTo(other._value);

    /// <inheritdoc />
    public override string ToString() => _value.ToString();
}
