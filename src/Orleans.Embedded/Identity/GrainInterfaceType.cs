namespace Orleans.Runtime;

/// <summary>Names a grain interface.</summary>
[GenerateSerializer, Immutable]
public readonly struct GrainInterfaceType : IEquatable<GrainInterfaceType>
{
    private readonly IdSpan _value;

    /// <summary>Makes an interface type of a name, which must not be blank.</summary>
    public GrainInterfaceType(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        _value = IdSpan.Create(value);
    }

    /// <summary>The name.</summary>
    public IdSpan Value => _value;

    /// <summary>No interface at all.</summary>
    public bool IsDefault => _value.IsDefault;

    /// <summary>Makes an interface type of a name, which must not be blank.</summary>
    public static GrainInterfaceType Create(string value) => new(value);

    /// <summary>Equality of two names.</summary>
    public static bool operator ==(GrainInterfaceType left, GrainInterfaceType right) => left.Equals(right);

    /// <summary>Inequality of two names.</summary>
    public static bool operator !=(GrainInterfaceType left, GrainInterfaceType right) => !left.Equals(right);

    /// <inheritdoc />
    public bool Equals(GrainInterfaceType other) => _value.Equals(other._value);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is GrainInterfaceType other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => _value.GetHashCode();

    /// <inheritdoc />
    public override string ToString() => _value.ToString();
}
